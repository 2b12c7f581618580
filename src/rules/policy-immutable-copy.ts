import type { Copy } from '../analyses/copies.ts';
import { machinesOf, placeText } from '../analyses/copy-place.ts';
import type { Facts } from '../analyses/facts.ts';
import { activeOnes, runningFlows } from '../analyses/in-use.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { Bucket, Datastore, Flow, Guests, Topology } from '../model/topology.ts';
import { minutesOf, requirement } from './require.ts';
import { protectedGuests, relatedCopies } from './require-copies.ts';
import { longestGap } from './require-gap.ts';
import { daysKept } from './require-kept.ts';

export const policyImmutableCopy = requirement({
  id: 'policy-immutable-copy',
  requirement: 'immutable_copy',
  needsAll: true,
  summary: 'The policy requires a copy that its source cannot delete, and a set of guests has none.',
  why: 'Whoever takes over the machines of the guests deletes the backups first: by the account that writes them, or by a sync that follows deletions.',
  fix: 'Let a PBS elsewhere pull into a datastore of its own, without `propagate_deletions`; or copy to a bucket with object lock in mode `compliance` that holds until the next backup comes, or for the time that the policy asks for; or grant an exception.',
  example: {
    bad: 'policy: { require: { immutable_copy: true } }\nflows: { replica: { kind: sync, direction: push, … } }',
    good: 'flows: { replica: { kind: sync, direction: pull, … } }',
  },
  *find(facts, wanted) {
    const { topology } = facts;
    const shared = writtenByOthers(topology);
    for (const { guests, copies } of protectedGuests(topology)) {
      const refusals = copies.map(copy =>
        copy.partial ? NO_REASON : refusal(facts, wanted, copy, guests, shared),
      );
      if (refusals.includes(undefined)) continue;
      const reasons = refusals.flatMap(one => one?.reason ?? []);
      const [first] = refusals.filter(one => one?.reason !== undefined);
      const time = wanted === true ? '' : ` for ${wanted}`;
      yield {
        message: `guests \`${guests.key}\` have no copy that cannot be deleted from where it comes from${time}${first?.reason === undefined ? '' : `: ${first.reason.message}`}`,
        place: atKey(guests.path),
        related: [...reasons.slice(0, 8), ...relatedCopies(copies)],
        help:
          first === undefined
            ? 'let a PBS elsewhere pull without `propagate_deletions` into a datastore that nobody else writes to, or use object lock'
            : (first.help ?? 'lock or keep it for longer'),
      };
    }
  },
});

/** Why a copy is not immutable, with a reason where only the time or the mode is wrong; undefined: it is. */
interface Refusal {
  readonly reason?: Related;
  /** Where a longer time is not what mends it. */
  readonly help?: string;
}
const NO_REASON: Refusal = {};

function refusal(
  facts: Facts,
  wanted: string | true,
  copy: Copy,
  guests: Guests,
  shared: ReadonlySet<Datastore>,
): Refusal | undefined {
  const { place, flow } = copy;
  if (place.kind === 'bucket') return lockRefusal(facts, wanted, copy, place.bucket);
  if (place.kind !== 'datastore' || flow.kind !== 'sync' || flow.direction !== 'pull') return NO_REASON;
  const { datastore } = place;
  // Whoever has the node has the PBS that is its guest.
  const isGuest = machinesOf(datastore.host).some(machine => guests.cluster.nodes.includes(machine));
  if (flow.spec.propagate_deletions === true || shared.has(datastore) || isGuest) return NO_REASON;
  const minutes = wanted === true ? undefined : minutesOf(wanted);
  if (minutes === undefined) return undefined;
  const kept = daysKept(facts, copy, minutes / 1440);
  // An hour is no difference: clocks change.
  if (kept !== undefined && kept + 1 / 24 >= minutes / 1440) return undefined;
  const least = kept === undefined ? 'a time that is not declared' : `${Math.floor(kept)}d`;
  return {
    reason: {
      message: `${placeText(place)} is sure to keep it for ${least} only`,
      place: atKey(datastore.path),
    },
  };
}

/** A lock that ends before the next backup comes leaves times at which nothing is locked. */
function lockRefusal(
  { topology, schedule }: Facts,
  wanted: string | true,
  copy: Copy,
  { key, path, spec }: Bucket,
): Refusal | undefined {
  const lock = spec.object_lock;
  if (lock === undefined) return NO_REASON;
  if (lock.mode === 'governance') {
    return {
      reason: {
        message: `keys with the right to do so bypass mode \`governance\` of bucket \`${key}\``,
        place: atValue([...path, 'object_lock', 'mode']),
      },
      help: 'use mode `compliance`: who may bypass the other is decided at the provider',
    };
  }
  const held = minutesOf(lock.for);
  const [needed, why] = neededOf();
  if (held === undefined || needed === undefined || held >= needed) return undefined;
  return {
    reason: {
      message: `the lock of bucket \`${key}\` holds for ${lock.for}, ${why}`,
      place: atValue([...path, 'object_lock', 'for']),
    },
  };

  function neededOf(): readonly [minutes: number | undefined, why: string] {
    if (wanted !== true) return [minutesOf(wanted), 'which is less'];
    const kept = topology.policy?.require?.retention_at_least;
    if (kept !== undefined) return [minutesOf(kept), `and \`retention_at_least\` is ${kept}`];
    const gaps = chainOf(copy).flatMap(flow => {
      const job = schedule.flows.get(flow);
      return (job && longestGap([job])) ?? [];
    });
    const gap = gaps.length === 0 ? undefined : Math.max(...gaps);
    return [gap, `and up to ${spanText(gap ?? 0)} pass until the next backup`];
  }
}

function chainOf(copy: Copy): Flow[] {
  const flows: Flow[] = [];
  for (let at: Copy | undefined = copy; at !== undefined; at = at.from) flows.push(at.flow);
  return flows;
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
