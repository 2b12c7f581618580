/**
 * `storage.cfg` of every cluster, as sections: the host owns the rest of the file. With it what the file alone cannot
 * do: secrets beside it, retired entries to remove, exports on the NAS.
 */
import { goneOnes } from '../../analyses/in-use.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey } from '../../diagnostics/diagnostic.ts';
import type { Cluster, Storage, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { goneNote } from '../gone-note.ts';
import { type Change, type ExternalNote, emptyLowered, joinLowered, type Lowered } from '../lowering.ts';
import type { Section } from '../sections.ts';
import { checkPveSections } from './check.ts';
import { isRenderedCluster, pveClusters, pveVersion } from './clusters.ts';
import type { StorageEntry } from './entry.ts';
import { lowerExports } from './exports.ts';
import { opaqueEntry } from './opaque-entry.ts';
import { pbsEntry } from './pbs-entry.ts';
import { secretLowering } from './secret-steps.ts';
import { pveArtifact, sectionsNote } from './sections.ts';
import { shareEntry } from './share-entry.ts';
import { byHandSteps, checkStep, loginSteps, removeSteps } from './steps.ts';

/** The host's own: PVE puts it into a file that lacks it, and the merge leaves it as it is unless it is declared. */
const LOCAL = 'local';
const LOCAL_PATH = '/var/lib/vz';

/** Linear in clusters, storages and the nodes that use them. */
export function lowerPveStorage(topology: Topology): Lowered {
  const storages = groupBy(topology.storages.values(), ({ cluster }) => cluster);
  const parts = pveClusters(topology).map(cluster =>
    lowerCluster(topology, cluster, storages.get(cluster) ?? []),
  );
  parts.push(lowerExports(topology));
  return joinLowered(parts);
}

function lowerCluster(topology: Topology, cluster: Cluster, storages: readonly Storage[]): Lowered {
  const active = storages.filter(({ state }) => state === 'active');
  const retired = goneOnes(storages, ({ id }) => id).filter(({ id }) => id !== LOCAL);
  const entries = active.map(entryFor);
  const sections = entries.flatMap(({ section }) => section ?? []);
  const diagnostics = [
    ...entries.flatMap(entry => entry.diagnostics),
    ...active.flatMap(localProblem),
    ...checkPveSections('storage.cfg', sections, pveVersion(cluster)),
  ];
  if (!isRenderedCluster(cluster))
    return { ...emptyLowered, diagnostics, external: notes(cluster, sections, retired) };
  const withheld = entries.flatMap(entry => entry.withheld);
  const isWithheld = withheld.length > 0;
  const secrets = secretLowering(topology, cluster, active);
  return {
    artifacts:
      isWithheld || sections.length + retired.length === 0
        ? []
        : [pveArtifact(cluster, 'pve-storage', 'storage.cfg', 'storages', sections)],
    steps: [
      ...secrets.steps,
      ...removeSteps(cluster, retired),
      ...byHandSteps(cluster, active),
      ...(isWithheld ? [] : [...loginSteps(cluster, active), ...checkStep(cluster, active)]),
    ],
    needs: secrets.needs,
    changes: [...secrets.changes, ...retired.map(removal)],
    external: [],
    withheld,
    diagnostics,
  };
}

const notes = (
  cluster: Cluster,
  sections: readonly Section[],
  retired: readonly Storage[],
): ExternalNote[] => [
  ...sectionsNote(cluster, 'storage.cfg', sections),
  ...retired.map(({ id, path }) =>
    goneNote(cluster.target, `storage ${id}`, ['Backups and images on it stay where they are.'], [path]),
  ),
];

function entryFor(storage: Storage): StorageEntry {
  const { backing } = storage;
  switch (backing.kind) {
    case 'datastore':
      return pbsEntry(storage, backing);
    case 'share':
      return shareEntry(storage, backing);
    case 'opaque':
      return opaqueEntry(storage, backing.type);
  }
}

function localProblem({ key, id, path, backing, spec }: Storage): Diagnostic[] {
  if (id !== LOCAL) return [];
  const isDirectory = backing.kind === 'opaque' && backing.type === 'dir' && spec.path === LOCAL_PATH;
  if (isDirectory && spec.nodes === undefined) return [];
  return [
    {
      code: 'local-storage',
      severity: 'error',
      message: `storage \`${key}\` is PVE's own \`local\`, which is the directory ${LOCAL_PATH} on every node`,
      place: atKey(spec.nodes !== undefined && isDirectory ? [...path, 'nodes'] : path),
      help: `write \`type: dir\` and \`path: ${LOCAL_PATH}\` without \`nodes\`, or give it another \`id:\``,
    },
  ];
}

const removal = ({ cluster, id, path }: Storage): Change => ({
  target: cluster.target,
  verb: 'removes',
  kind: 'storage',
  name: id,
  causes: [path],
});
