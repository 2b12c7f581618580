import { type Copy, copiesOf } from '../analyses/copies.ts';
import { groundOf, holderOf, machinesOf, placeText, poolRef } from '../analyses/copy-place.ts';
import { atKey, atValue, type Place, type Related } from '../diagnostics/diagnostic.ts';
import type { Host } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const sameFailureDomain: Rule = {
  id: 'same-failure-domain',
  severity: 'warning',
  summary: 'Backups lie on the machine or pool of what they protect.',
  why: 'One broken pool or machine takes the guests and their backups together. A PBS that is a guest of the node it backs up is gone with the node, too: it must be installed anew before anything can be restored.',
  fix: 'Put the datastore on another machine. Where that cannot be, keep a second copy elsewhere and try how a restore begins without the node.',
  example: {
    bad: 'pools: { rpool: { kind: zfs, shared_with: [guests] } }\ndatastores: { main: { on: pve/rpool, … } }',
    good: 'datastores: { main: { on: nas/volume1, … } }',
  },
  *check({ topology }) {
    const judged = new Set<object>();
    const warned = new Set<Host>();
    const first = copiesOf(topology).filter(({ from }) => from === undefined);
    for (const copy of first) {
      if (judged.has(holderOf(copy.place))) continue;
      const finding = onOwnGround(copy);
      if (finding === undefined) continue;
      judged.add(holderOf(copy.place));
      if (copy.place.kind === 'datastore') warned.add(copy.place.datastore.host);
      yield finding;
    }
    yield* ownGuests(first, warned);
  },
};

function onOwnGround(copy: Copy): Finding | undefined {
  const { source, place, flow } = copy;
  if (source.kind !== 'guests') return undefined;
  const { cluster, key } = source.guests;
  const { pool, machines } = groundOf(place);
  const shared = machines.find(machine => cluster.nodes.includes(machine));
  if (shared === undefined) return undefined;
  const onPool = pool?.spec.shared_with?.includes('guests') === true && cluster.nodes.includes(pool.host);
  const ground = onPool
    ? `pool \`${poolRef(pool)}\`, which holds guests, too`
    : `\`${shared.key}\`, ${cluster.standalone ? 'which runs guests' : `a node of \`${cluster.key}\``}`;
  const related: Related[] = [{ message: `backs up guests \`${key}\` into it`, place: atKey(flow.path) }];
  if (onPool) related.push({ message: 'the pool', place: atKey(pool.path) });
  return {
    message: `${placeText(place)} lies on ${ground}: it is lost together with guests \`${key}\` that it protects`,
    place: groundPlace(copy),
    related,
    help: 'put it on another machine; if that cannot be, make sure that another copy is out of reach of this one’s faults',
  };
}

function groundPlace({ place }: Copy): Place {
  const { path, spec } = holderOf(place);
  if ('on' in spec && spec.on !== undefined) return atValue([...path, 'on']);
  return 'pool' in spec && spec.pool !== undefined ? atValue([...path, 'pool']) : atKey(path);
}

/** A PBS whose data is elsewhere, and which itself is a guest of what it backs up. */
function* ownGuests(copies: readonly Copy[], warned: Set<Host>): Iterable<Finding> {
  for (const { source, place, flow } of copies) {
    if (source.kind !== 'guests' || place.kind !== 'datastore') continue;
    const { host } = place.datastore;
    const { cluster } = source.guests;
    if (warned.has(host) || host.runsOn === undefined) continue;
    const shared = machinesOf(host).find(machine => cluster.nodes.includes(machine));
    if (shared === undefined) continue;
    warned.add(host);
    yield {
      message: `PBS \`${host.key}\` is a guest of \`${cluster.key}\`, which it backs up: without the node it must be installed anew before a restore`,
      place: atValue([...host.path, 'guest', 'on']),
      related: [{ message: 'backs up the cluster that it runs on', place: atKey(flow.path) }],
      help: 'write down how a restore begins without it, or run it on a machine of its own',
    };
  }
}
