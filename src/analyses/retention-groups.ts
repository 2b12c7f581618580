/** Which flows make backups of the same guests: the backups of one guest are one group, whoever makes them. */
import type { BackupFlow, Cluster, Guests, HostBackupFlow, VzdumpFlow } from '../model/topology.ts';
import { push } from '../multimap.ts';

export type Maker = BackupFlow | HostBackupFlow | VzdumpFlow;
type Job = BackupFlow | VzdumpFlow;

/**
 * Sets of flows that some guest (or host) has in common, each set once. All of them write to one place. Whether a guest
 * is in a pool of PVE is not known: pools and ids are taken as apart.
 */
export function groupsOf<F extends Maker>(flows: Iterable<F>): readonly (readonly F[])[] {
  const [only, ...more] = flows;
  if (only === undefined) return [];
  if (more.length === 0) return isJob(only) && isEmpty(only.from.spec) ? [] : [[only]];
  const hosts = new Map<string, F[]>();
  const clusters = new Map<Cluster, (F & Job)[]>();
  for (const flow of flows) {
    if (isJob(flow)) push(clusters, flow.runsOn, flow);
    else if (flow.kind === 'host-backup') push(hosts, flow.spec.backup_id ?? flow.from.key, flow);
  }
  const groups: (readonly F[])[] = [...hosts.values()];
  for (const jobs of clusters.values()) for (const group of guestGroups(jobs)) groups.push(group);
  return groups.length < 2 && (groups[0]?.length ?? 0) < 2 ? groups : distinct(groups);
}

const isJob = <F extends Maker>(flow: F): flow is F & Job => flow.kind !== 'host-backup';

function guestGroups<F extends Job>(jobs: readonly F[]): readonly (readonly F[])[] {
  const [only, ...others] = jobs;
  // Whatever of the cluster it backs up, it is alone.
  if (only !== undefined && others.length === 0) return isEmpty(only.from.spec) ? [] : [jobs];
  const named = new Map<string, F[]>();
  const whole: F[] = [];
  for (const job of jobs) {
    const { all, ids, pool } = job.from.spec;
    if (all === true) whole.push(job);
    for (const id of ids ?? []) push(named, String(id), job);
    if (pool !== undefined) push(named, `pool ${pool}`, job);
  }
  if (whole.length === 0) return [...named.values()];
  const some = [...named].map(([name, members]) => [
    ...whole.filter(({ from }) => !from.spec.exclude?.some(id => String(id) === name)),
    ...members,
  ]);
  return [whole, ...some].filter(group => group.length > 0);
}

const isEmpty = ({ all, ids, pool }: Guests['spec']): boolean =>
  all !== true && pool === undefined && (ids ?? []).length === 0;

function distinct<F extends Maker>(groups: readonly (readonly F[])[]): readonly (readonly F[])[] {
  const found = new Map<string, readonly F[]>();
  for (const group of groups) {
    const [first, ...others] = group;
    if (first !== undefined && others.length === 0) found.set(first.key, group);
    else addOnce(found, group);
  }
  return [...found.values()];
}

function addOnce<F extends Maker>(found: Map<string, readonly F[]>, group: readonly F[]): void {
  const unique = [...new Set(group)];
  const keys = unique.map(({ key }) => key).sort();
  found.set(keys.join(' '), unique);
}
