import type { Copy } from '../analyses/copies.ts';
import { machinesOf } from '../analyses/copy-place.ts';
import { activeOnes, runningFlows } from '../analyses/in-use.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Datastore, Guests, Topology } from '../model/topology.ts';
import { requirement } from './require.ts';
import { protectedGuests, relatedCopies } from './require-copies.ts';

export const policyImmutableCopy = requirement({
  id: 'policy-immutable-copy',
  requirement: 'immutable_copy',
  needsAll: true,
  summary: 'The policy requires a copy that its source cannot delete, and a set of guests has none.',
  why: 'Whoever takes over the machines of the guests deletes the backups first: by the account that writes them, or by a sync that follows deletions.',
  fix: 'Let a PBS elsewhere pull into a datastore of its own, without `propagate_deletions`; or copy to a bucket with object lock in mode `compliance`; or grant an exception.',
  example: {
    bad: 'policy: { require: { immutable_copy: true } }\nflows: { replica: { kind: sync, direction: push, … } }',
    good: 'flows: { replica: { kind: sync, direction: pull, … } }',
  },
  *find({ topology }) {
    const shared = writtenByOthers(topology);
    for (const { guests, copies } of protectedGuests(topology)) {
      if (copies.some(copy => !copy.partial && isImmutable(copy, guests, shared))) continue;
      yield {
        message: `guests \`${guests.key}\` have no copy that cannot be deleted from where it comes from`,
        place: atKey(guests.path),
        related: relatedCopies(copies),
        help: 'let a PBS elsewhere pull without `propagate_deletions` into a datastore that nobody else writes to, or use object lock',
      };
    }
  },
});

function isImmutable({ place, flow }: Copy, guests: Guests, shared: ReadonlySet<Datastore>): boolean {
  // Who may bypass mode `governance` is decided at the provider.
  if (place.kind === 'bucket') return place.bucket.spec.object_lock?.mode === 'compliance';
  if (place.kind !== 'datastore' || flow.kind !== 'sync' || flow.direction !== 'pull') return false;
  const { datastore } = place;
  // Whoever has the node has the PBS that is its guest.
  const isGuest = machinesOf(datastore.host).some(machine => guests.cluster.nodes.includes(machine));
  return flow.spec.propagate_deletions !== true && !shared.has(datastore) && !isGuest;
}

/** Datastores that somebody besides their own PBS has an account to write to. */
function writtenByOthers({ storages, flows }: Topology): ReadonlySet<Datastore> {
  const found = new Set<Datastore>();
  for (const { backing } of activeOnes(storages)) {
    if (backing.kind === 'datastore') found.add(backing.place.datastore);
  }
  for (const flow of runningFlows(flows)) {
    const isRemote = flow.kind === 'host-backup' || (flow.kind === 'sync' && flow.direction === 'push');
    if (isRemote) found.add(flow.to.datastore);
  }
  return found;
}
