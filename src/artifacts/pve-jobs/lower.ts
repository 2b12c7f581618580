/** `jobs.cfg` of every cluster, as sections: one vzdump job per flow from guests to a storage. */
import { goneOnes } from '../../analyses/in-use.ts';
import type { Cluster, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { goneNote } from '../gone-note.ts';
import { type ApplyStep, type Change, emptyLowered, type Lowered } from '../lowering.ts';
import { checkPveSections } from '../pve-storage/check.ts';
import { isRenderedCluster, pveClusters, pveVersion, whereText } from '../pve-storage/clusters.ts';
import { pveArtifact, sectionsNote } from '../pve-storage/sections.ts';
import { word } from '../shell-words.ts';
import { type Job, jobSection } from './job.ts';

/** Linear in clusters and flows. A cluster without jobs gets an empty file. */
export function lowerPveJobs(topology: Topology): Lowered {
  const flows = [...topology.flows.values()].filter(flow => flow.kind === 'backup' || flow.kind === 'vzdump');
  const jobs = groupBy(flows, ({ runsOn }) => runsOn);
  const parts = pveClusters(topology).map(cluster => lowerCluster(cluster, jobs.get(cluster) ?? []));
  return {
    ...emptyLowered,
    artifacts: parts.flatMap(part => part.artifacts),
    steps: parts.flatMap(part => part.steps),
    changes: parts.flatMap(part => part.changes),
    external: parts.flatMap(part => part.external),
    diagnostics: parts.flatMap(part => part.diagnostics),
  };
}

function lowerCluster(cluster: Cluster, jobs: readonly Job[]): Lowered {
  const active = jobs.filter(({ state }) => state === 'active');
  const version = pveVersion(cluster);
  const found = active.map(job => jobSection(job, version));
  const sections = found.map(({ section }) => section);
  const diagnostics = [
    ...found.flatMap(job => job.diagnostics),
    ...checkPveSections('jobs.cfg', sections, version),
  ];
  const retired = goneOnes(jobs, ({ id }) => id);
  if (!isRenderedCluster(cluster)) {
    const gone = retired.map(({ id, path }) => goneNote(cluster.target, `backup job ${id}`, [], [path]));
    const external = [...sectionsNote(cluster, 'jobs.cfg', sections), ...gone];
    return { ...emptyLowered, diagnostics, external };
  }
  return {
    ...emptyLowered,
    artifacts: [pveArtifact(cluster, 'pve-jobs', 'jobs.cfg', 'jobs', sections)],
    steps: [...retired.map(job => removeStep(cluster, job)), ...checkStep(cluster, active)],
    changes: retired.map(job => removal(cluster, job)),
    diagnostics,
  };
}

const removal = ({ target }: Cluster, { id, path }: Job): Change => ({
  target,
  verb: 'removes',
  kind: 'job',
  name: id,
  causes: [path],
});

/**
 * Through the API, which takes the lock that a copy does not; before the storage that the job writes to is removed: a run in
 * between would fail.
 */
function removeStep(cluster: Cluster, { id, path }: Job): ApplyStep {
  const job = word(`/cluster/backup/${id}`);
  return {
    target: cluster.target,
    phase: 'storages',
    order: 20,
    title: `Remove backup job ${id}`,
    text: [
      ...whereText(cluster),
      'What the job has backed up stays where it is, and nothing prunes it any more.',
    ],
    commands: [`if pvesh get ${job} >/dev/null 2>&1; then pvesh delete ${job}; fi`],
    check: [`! pvesh get ${job} >/dev/null 2>&1`],
    undo: ['# make the flow active in the topology again, and apply'],
    causes: [path],
  };
}

/** PVE never refuses the file, it goes on with less: each job must be asked for. */
const checkStep = (cluster: Cluster, jobs: readonly Job[]): ApplyStep[] =>
  jobs.length === 0
    ? []
    : [
        {
          target: cluster.target,
          phase: 'jobs',
          order: 60,
          title: 'Look at the backup jobs',
          text: [
            ...whereText(cluster),
            'PVE notices new and changed jobs by itself within a minute; a changed schedule counts from now. A job that it does not print was not understood: the system log says why.',
          ],
          commands: jobs.map(({ id }) => `pvesh get ${word(`/cluster/backup/${id}`)}`),
          causes: jobs.map(({ path }) => path),
        },
      ];
