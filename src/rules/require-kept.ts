/**
 * How far back the backups of a set of guests reach in a place at least, once there have been enough of them. Bounds
 * that follow from the rules alone come first: they are cheap, and true whatever the schedules are.
 */
import type { Copy } from '../analyses/copies.ts';
import type { Facts } from '../analyses/facts.ts';
import { scopesReaching } from '../analyses/prune-scopes.ts';
import { archivesOf, keepOfFlow, keptArchives } from '../analyses/retention-archives.ts';
import { type Keep, type KeepRule, keepOf } from '../analyses/retention-keep.ts';
import type { Datastore, Flow, Topology, VzdumpFlow } from '../model/topology.ts';
import { memo } from '../once.ts';

/** Days, infinite where nothing is ever removed; undefined: others decide what is kept, and it is not declared. */
export type DaysKept = number | undefined;

/** @param enough days from which on it does not matter how many it is. */
export function daysKept(facts: Facts, copy: Copy, enough: number): DaysKept {
  const { place, flow, from } = copy;
  const source = (): DaysKept => (from === undefined ? undefined : daysKept(facts, from, enough));
  switch (place.kind) {
    case 'datastore': {
      const own = inDatastore(facts, copy, place.datastore, place.namespace, enough);
      return followsDeletions(flow) ? least(own, source()) : own;
    }
    case 'share':
      if (flow.kind === 'vzdump') return asArchives(facts, flow, enough);
      return followsDeletions(flow) ? source() : Number.POSITIVE_INFINITY;
    case 'bucket': {
      const { lifecycle, versioning, object_lock } = place.bucket.spec;
      if (lifecycle === 'expire') return undefined;
      const isLost = followsDeletions(flow) && versioning !== true && object_lock === undefined;
      return isLost ? source() : Number.POSITIVE_INFINITY;
    }
    case 'pool':
      // A pool is sent as it is.
      return source();
  }
}

const followsDeletions = ({ spec }: Flow): boolean =>
  'propagate_deletions' in spec && spec.propagate_deletions === true;

const least = (a: DaysKept, b: DaysKept): DaysKept =>
  a === undefined || b === undefined ? undefined : Math.min(a, b);

function inDatastore(
  { retentions }: Facts,
  copy: Copy,
  datastore: Datastore,
  namespace: string,
  enough: number,
): DaysKept {
  const scopes = scopesReaching(retentions.scopes(datastore), namespace);
  if (scopes.length === 0 && !datastore.host.managed) return undefined;
  const keeps = scopes.flatMap(({ keep }) => keep ?? []);
  const byPve = copy.flow.kind === 'backup' ? keepOf(copy.flow.to.spec.retention) : undefined;
  const pve = byPve === undefined ? Number.POSITIVE_INFINITY : leastDays(byPve);
  const bound = Math.min(...keeps.map(leastDays));
  if (bound >= enough) return Math.min(bound, pve);
  const maker = origin(copy).flow;
  const groups = retentions
    .keptIn(datastore, namespace)
    .filter(({ makers }) => makers.some(one => one === maker));
  const days = groups.flatMap(({ kept }) => kept?.leastDays ?? []);
  const simulated = days.length === 0 ? 0 : Math.min(...days);
  return Math.min(Math.max(bound, simulated), pve);
}

function origin(copy: Copy): Copy {
  let at = copy;
  while (at.from !== undefined) at = at.from;
  return at;
}

const archivesByFlow = memo((topology: Topology) => {
  const byFlow = new Map<Flow, (readonly VzdumpFlow[])[]>();
  for (const { flows } of archivesOf(topology)) {
    for (const flow of flows) byFlow.set(flow, [...(byFlow.get(flow) ?? []), flows]);
  }
  return byFlow;
});

/** Each flow that makes archives of the same guests there prunes all of them. */
function asArchives(facts: Facts, flow: VzdumpFlow, enough: number): DaysKept {
  const days = (archivesByFlow(facts.topology).get(flow) ?? [[flow]]).map(flows => {
    const bound = Math.min(...flows.flatMap(one => keepOfFlow(one) ?? []).map(leastDays));
    return bound >= enough ? bound : Math.max(bound, keptArchives(facts, flows)?.leastDays ?? 0);
  });
  return Math.min(...days);
}

/** Between the ends of N periods in a row, the newest in one and the oldest in the other, lie N − 2 at least. */
const PERIODS: Readonly<Partial<Record<KeepRule, number>>> = {
  keep_hourly: 1 / 24,
  keep_daily: 1,
  keep_weekly: 7,
  keep_monthly: 28,
  keep_yearly: 365,
};

const leastDays = (keep: Keep): number =>
  Math.max(
    0,
    ...Object.entries(PERIODS).map(([rule, days]) => Math.max(0, (keep[rule as KeepRule] ?? 0) - 2) * days),
  );
