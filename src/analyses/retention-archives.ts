/** Raw archives: which vzdump flows write to a directory of a share, and what PVE leaves of them there. */
import type { Share, Topology, VzdumpFlow } from '../model/topology.ts';
import { memo } from '../once.ts';
import type { Retentions } from './retention-facts.ts';
import { groupsOf } from './retention-groups.ts';
import { type Keep, keepOf } from './retention-keep.ts';
import type { Kept } from './retention-observed.ts';
import type { Schedule } from './schedule.ts';
import { isLive } from './schedule-jobs.ts';

export interface Archives {
  readonly share: Share;
  readonly directory: string;
  /** They make archives of the same guests. */
  readonly flows: readonly VzdumpFlow[];
}

/** Archives of the same guests in one directory: one group, which each of the flows prunes. */
export const archivesOf = memo((topology: Topology): readonly Archives[] => {
  const places = new Map<string, Omit<Archives, 'flows'> & { readonly flows: VzdumpFlow[] }>();
  for (const flow of topology.flows.values()) {
    if (flow.kind !== 'vzdump' || !isLive(flow) || flow.to.backing.kind !== 'share') continue;
    const { share, directory } = flow.to.backing.place;
    const key = `${share.key}:${directory}`;
    const place = places.get(key) ?? { share, directory, flows: [] };
    places.set(key, place);
    place.flows.push(flow);
  }
  return [...places.values()].flatMap(place => groupsOf(place.flows).map(flows => ({ ...place, flows })));
});

/** The flow's own rules, else those of its storage; undefined: PVE keeps everything. */
export const keepOfFlow = ({ spec, to }: VzdumpFlow): Keep | undefined =>
  keepOf(spec.retention ?? to.spec.retention);

/** What remains when each flow makes its archives and prunes all of the group. Undefined when a schedule is not known. */
export function keptArchives(
  { schedule, retentions }: { readonly schedule: Schedule; readonly retentions: Retentions },
  flows: readonly VzdumpFlow[],
): Kept | undefined {
  const streams = flows.map(flow => {
    const job = schedule.flows.get(flow);
    return job && retentions.stream(job, job.zone, { makes: true, keep: keepOfFlow(flow) });
  });
  const known = streams.filter(stream => stream !== undefined);
  return known.length < flows.length ? undefined : retentions.simulate(known);
}
