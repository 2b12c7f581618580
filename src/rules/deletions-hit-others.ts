import type { Copy } from '../analyses/copies.ts';
import { isActive } from '../analyses/in-use.ts';
import { pathOnHost } from '../analyses/share-directories.ts';
import { vanishedNamespaces } from '../analyses/vanished-namespaces.ts';
import { copiesBelow, type FileWriter, fileWriters, withAncestors } from '../analyses/writers.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Flow, SyncFlow, Topology } from '../model/topology.ts';
import { userOfAuthId } from '../proxmox/identifiers.ts';
import type { Finding, Rule } from './rule.ts';

export const deletionsHitOthers: Rule = {
  id: 'deletions-hit-others',
  severity: 'error',
  summary: 'A flow with `propagate_deletions` removes what another flow writes.',
  why: 'It removes everything in its target that its source does not have: for a sync all groups of the same owner in the scope of its namespaces, and whole namespaces where its account may (`root@pam` may, and that is the owner where none is named); for rsync and rclone all files below the directory. What the other flow wrote is gone after each run.',
  fix: 'Give each flow a namespace or directory of its own, or do without `propagate_deletions`.',
  example: {
    bad: 'copy: { kind: rsync, to: "archive:dump", propagate_deletions: true, … }  # PVE writes there, too',
    good: 'copy: { kind: rsync, to: "archive:from-home", propagate_deletions: true, … }',
  },
  *check(facts) {
    const { topology } = facts;
    const removes = vanishedNamespaces(facts);
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'sync' || !isActive(flow) || flow.spec.propagate_deletions !== true) continue;
      const hit = syncVictims(topology, flow, removes);
      if (hit.length > 0) yield finding(flow, hit, 'groups');
    }
    yield* fileFindings(fileWriters(topology));
  },
};

function finding(flow: Flow, hit: readonly Flow[], what: string): Finding {
  const names = hit.slice(0, 3).map(({ key }) => `\`${key}\``);
  const rest = hit.length > 3 ? ` and ${hit.length - 3} more` : '';
  return {
    message: `\`${flow.key}\` removes the ${what} that ${names.join(', ')}${rest} ${hit.length === 1 ? 'writes' : 'write'} into its target`,
    place: atValue([...flow.path, 'propagate_deletions']),
    related: hit
      .slice(0, 8)
      .map(({ key, path }) => ({ message: `\`${key}\` writes there`, place: atKey(path) })),
    help: 'give it a target of its own, or leave `propagate_deletions` out',
  };
}

function syncVictims(
  topology: Topology,
  flow: SyncFlow,
  removes: ReturnType<typeof vanishedNamespaces>,
): Flow[] {
  const { datastore, namespace } = flow.to;
  const account = flow.direction === 'push' ? flow.account : flow.owner;
  const deleter = account?.spec.id ?? 'root@pam';
  const deepest = withAncestors(namespace).length + (flow.spec.max_depth ?? Number.POSITIVE_INFINITY);
  const hits = (copy: Copy): boolean =>
    copy.flow !== flow &&
    copy.place.kind === 'datastore' &&
    withAncestors(copy.place.namespace).length <= deepest &&
    // Of what the source has, too, only groups of the same owner; a user counts as owner of its tokens' groups.
    (copy.owner === deleter ||
      userOfAuthId(copy.owner ?? '') === deleter ||
      removes(flow, copy.place.namespace, deleter)) &&
    // Two pushes are judged by `push-scopes-overlap`.
    !(flow.direction === 'push' && copy.flow.kind === 'sync' && copy.flow.direction === 'push');
  const copies = copiesBelow(topology).get(datastore)?.get(namespace) ?? [];
  return [...new Set(copies.filter(hits).map(copy => copy.flow))];
}

/** A flow that deletes is compared with the writers below its directory, found by their ancestors. */
function* fileFindings(writers: readonly FileWriter[]): Iterable<Finding> {
  const deletes = ({ flow }: FileWriter): boolean =>
    (flow.kind === 'rsync' || flow.kind === 'rclone') && flow.spec.propagate_deletions === true;
  // Two shares may be one directory, or one inside the other.
  const rootOf = ({ holder }: FileWriter): string =>
    'exportPath' in holder ? holder.host.key : holder.path.join('/');
  const placeOf = ({ holder, directory }: FileWriter): string =>
    'exportPath' in holder ? pathOnHost(holder, directory).slice(1) : directory;
  const keyOf = (writer: FileWriter, place: string): string => `${rootOf(writer)}:${place}`;
  const wanted = new Set(writers.filter(deletes).map(writer => keyOf(writer, placeOf(writer))));
  const roots = new Set(writers.filter(deletes).map(rootOf));
  const below = new Map<string, Flow[]>();
  for (const writer of writers.filter(one => roots.has(rootOf(one)))) {
    for (const ancestor of withAncestors(placeOf(writer))) {
      const key = keyOf(writer, ancestor);
      if (wanted.has(key)) below.set(key, [...(below.get(key) ?? []), writer.flow]);
    }
  }
  for (const writer of writers.filter(deletes)) {
    const hit = (below.get(keyOf(writer, placeOf(writer))) ?? []).filter(flow => flow !== writer.flow);
    if (hit.length > 0) yield finding(writer.flow, hit, 'files');
  }
}
