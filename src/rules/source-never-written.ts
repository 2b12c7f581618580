import { runningFlows } from '../analyses/in-use.ts';
import { mappedNamespace } from '../analyses/namespaces.ts';
import { directoryOf, isWithin } from '../analyses/share-directories.ts';
import { type WrittenDirectories, writtenDirectories } from '../analyses/written-directories.ts';
import { writtenNamespaces } from '../analyses/written-namespaces.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Flow, RcloneFlow, RsyncFlow, SyncFlow, Topology } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const sourceNeverWritten: Rule = {
  id: 'source-never-written',
  severity: 'warning',
  summary: 'A copy starts from a directory or namespace beside the one that is written.',
  why: 'rsync and rclone copy what is there, and an empty directory is no error: the copy runs each night and holds nothing. So does a sync from a namespace without backups, or one whose `max_depth` ends above them.',
  fix: 'Name the directory or namespace that the message says. PVE writes archives to `dump` below the directory of the storage. A namespace that others fill, whom the topology does not know, is listed under `namespaces` of its datastore.',
  example: {
    bad: 'nas: { share: raw, … }\ncopy: { kind: rsync, from: "raw:dmup", … }',
    good: 'copy: { kind: rsync, from: "raw:dump", … }',
  },
  needsAll: true,
  *check({ topology }) {
    yield* syncFindings(topology);
    // What is copied as a whole is copied, whatever is in it.
    const copies = runningFlows(topology.flows).filter(
      (flow): flow is RsyncFlow | RcloneFlow =>
        (flow.kind === 'rsync' || flow.kind === 'rclone') && directoryOf(flow.from) !== '',
    );
    if (copies.length === 0) return;
    const written = writtenDirectories(topology);
    for (const flow of copies) if (!written.touches(flow.from)) yield* judge(flow, written);
  },
};

/** A directory of which nothing is like any that is written holds something else, which nobody declared. */
function* judge({ key, path, from }: RsyncFlow | RcloneFlow, { of }: WrittenDirectories): Iterable<Finding> {
  const written = of.get(from.share);
  const directory = directoryOf(from);
  const meant = written && likely(directory, [...written.keys()]);
  const writer = meant === undefined ? undefined : written?.get(meant);
  if (meant === undefined || writer === undefined) return;
  yield {
    message: `\`${key}\` copies \`${directory}\` of share \`${from.share.key}\`, where nothing is declared to write: \`${writer.key}\` writes to \`${meant}\``,
    place: atValue([...path, 'from']),
    related: [{ message: 'writes beside it', place: atKey(writer.path) }],
    help: `did you mean \`${from.share.key}:${meant}\`?`,
  };
}

/** What lies in a namespace that is declared may come from somebody who is not. */
function* syncFindings(topology: Topology): Iterable<Finding> {
  let guesses = 0;
  for (const flow of runningFlows(topology.flows)) {
    if (flow.kind !== 'sync') continue;
    const { datastore, namespace } = flow.from;
    const written = writtenNamespaces(topology).get(datastore);
    if (written === undefined || !datastore.host.managed || isDeclared(flow.from)) continue;
    const { writers, around } = written;
    const isAbove = around.has(namespace);
    if (writers.has(namespace) || (isAbove && reaches(flow, writers.keys()))) continue;
    const others = guesses++ < MAX_GUESSES ? [...around].filter(name => name !== '') : [];
    const meant = isAbove ? namespace : (likely(namespace, others) ?? '');
    const [where, writer] = [...writers].find(([name]) => isWithin(name, meant)) ?? [];
    if (where === undefined || writer === undefined) continue;
    yield unwritten(flow, meant === '' ? where : meant, { where, writer }, isAbove);
  }
}

/** Each takes a look at every name. */
const MAX_GUESSES = 100;

const reaches = (flow: SyncFlow, written: Iterable<string>): boolean => {
  if (flow.spec.max_depth === undefined) return true;
  for (const namespace of written) if (mappedNamespace(flow, namespace) !== undefined) return true;
  return false;
};

/** The root is, where it has a retention. */
const isDeclared = ({ datastore, namespace }: SyncFlow['from']): boolean =>
  namespace === '' ? datastore.spec.retention !== undefined : datastore.namespaces.has(namespace);

interface Written {
  readonly where: string;
  readonly writer: Flow;
}

function unwritten(
  { key, path, from, spec }: SyncFlow,
  meant: string,
  { where, writer }: Written,
  isBelow: boolean,
): Finding {
  const store = from.datastore.key;
  const placeOf = (namespace: string) => `\`${namespace === '' ? store : `${store}:${namespace}`}\``;
  const depth = isBelow ? ` with \`max_depth: ${spec.max_depth}\`` : '';
  return {
    message: `\`${key}\` copies ${placeOf(from.namespace)}${depth}, where nothing is declared to write: \`${writer.key}\` writes to ${placeOf(where)}`,
    place: atValue([...path, isBelow ? 'max_depth' : 'from']),
    related: [{ message: isBelow ? 'writes below it' : 'writes beside it', place: atKey(writer.path) }],
    help: isBelow
      ? 'leave `max_depth` out, or raise it'
      : `did you mean ${placeOf(meant)}? A namespace that others fill is listed under \`namespaces\` of \`${store}\``,
  };
}

/** The same last step in another place, or a typing error. Names that differ in digits are two of a series. */
function likely(directory: string, written: readonly string[]): string | undefined {
  const last = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const letters = (path: string) => path.replaceAll(/\d/g, '');
  const moved = written.find(one => last(one) === last(directory));
  return (
    moved ??
    suggest(
      directory,
      written.filter(one => letters(one) !== letters(directory)),
    )
  );
}
