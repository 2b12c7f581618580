import { runningFlows } from '../analyses/in-use.ts';
import { directoryOf } from '../analyses/share-directories.ts';
import { type WrittenDirectories, writtenDirectories } from '../analyses/written-directories.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { RcloneFlow, RsyncFlow } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const sourceNeverWritten: Rule = {
  id: 'source-never-written',
  severity: 'warning',
  summary: 'A copy of files starts from a directory beside the one that is written.',
  why: 'rsync and rclone copy what is there, and an empty directory is no error: the copy runs each night and holds nothing.',
  fix: 'Name the directory that the message says. PVE writes archives to `dump` below the directory of the storage.',
  example: {
    bad: 'nas: { share: raw, … }\ncopy: { kind: rsync, from: "raw:dmup", … }',
    good: 'copy: { kind: rsync, from: "raw:dump", … }',
  },
  needsAll: true,
  *check({ topology }) {
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
