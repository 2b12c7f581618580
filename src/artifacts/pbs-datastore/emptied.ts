/** A datastore that was lost and is made anew is empty, and a sync that propagates deletions empties its target too. */
import { runningFlows } from '../../analyses/in-use.ts';
import type { Datastore, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { memo } from '../../once.ts';

const deletingSyncs = memo(({ flows }: Topology) =>
  groupBy(runningFlows(flows), flow =>
    flow.kind === 'sync' && flow.spec.propagate_deletions === true ? flow.from.datastore : undefined,
  ),
);

export function emptiedText(topology: Topology, store: Datastore): string[] {
  const syncs = deletingSyncs(topology).get(store) ?? [];
  if (syncs.length === 0) return [];
  const names = syncs.map(({ key, runsOn }) => `\`${key}\` (on ${runsOn?.key})`).join(', ');
  return [
    `If it takes the place of one that was lost, it is empty, and ${names} deletes the copies of what was in it. Before you go on, set \`disabled: true\` there in the topology, render, and apply that host; take it away when everything is copied back.`,
  ];
}
