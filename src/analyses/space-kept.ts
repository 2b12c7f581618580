/**
 * How much data the backups in a datastore are at least, before compression, once each retention is full: every set of
 * guests once, and for each further day of which a backup is kept what changes in a day. Equal chunks are stored once
 * in a datastore, so a set counts in one namespace only. What is not declared counts as nothing.
 */
import type { BackupFlow, Datastore, Guests } from '../model/topology.ts';
import { parseSize } from '../proxmox/quantity.ts';
import type { Facts } from './facts.ts';
import { type PruneScope, scopesReaching } from './prune-scopes.ts';
import { KEEP_RULES, type Keep, type KeepRule, keepTotal } from './retention-keep.ts';
import { meanGap } from './schedule-order.ts';

export interface SpaceKept {
  readonly guests: Guests;
  readonly bytes: number;
  readonly backups: number;
}

/** Days between two backups that a rule keeps, where there are more. */
const DAYS: Readonly<Record<KeepRule, number>> = {
  keep_last: 0,
  keep_hourly: 1 / 24,
  keep_daily: 1,
  keep_weekly: 1,
  keep_monthly: 1,
  keep_yearly: 1,
};

/**
 * @param isExact whether schedules are looked at; otherwise backups count as a day apart, which is an upper bound.
 * @param sizes `guestSizes`, or the same kept for guests that lie in many places.
 */
export function spaceKept(
  facts: Facts,
  datastore: Datastore,
  isExact: boolean,
  sizes: (guests: Guests) => GuestSizes,
): SpaceKept[] {
  const { retentions, schedule } = facts;
  const bySet = new Map<Guests, SpaceKept>();
  const pace = (flow: BackupFlow): number => {
    const job = schedule.flows.get(flow);
    return ((job && meanGap(job)) ?? 0) / 1440;
  };
  for (const [namespace, feeds] of retentions.inflow.get(datastore) ?? []) {
    const keep = strictest(scopesReaching(retentions.scopes(datastore), namespace));
    const backups = keep === undefined ? 1 : keepTotal(keep);
    for (const { origin, isWhole } of feeds) {
      if (origin?.kind !== 'backup' || !isWhole) continue;
      const { from: guests } = origin;
      const days = keep === undefined ? 1 : daysOf(keep, isExact ? pace(origin) : 1);
      const { size, change } = sizes(guests);
      const bytes = size + Math.max(0, days - 1) * change;
      if (bytes > (bySet.get(guests)?.bytes ?? 0)) bySet.set(guests, { guests, bytes, backups });
    }
  }
  return apart([...bySet.values()]);
}

/** The rules that leave the fewest; undefined: none that removes anything. */
function strictest(scopes: readonly PruneScope[]): Keep | undefined {
  let found: Keep | undefined;
  for (const { keep } of scopes)
    if (keep !== undefined && (found === undefined || keepTotal(keep) < keepTotal(found))) found = keep;
  return found;
}

/** Days of which the rules keep backups, at most one for each backup. */
const daysOf = (keep: Keep, pace: number): number =>
  KEEP_RULES.reduce((sum, rule) => sum + (keep[rule] ?? 0) * Math.min(1, Math.max(DAYS[rule], pace)), 0);

/** Bytes of all guests, and what changes of them in a day. */
export interface GuestSizes {
  readonly size: number;
  readonly change: number;
}

export function guestSizes({ spec }: Guests): GuestSizes {
  const size = sizeOf(spec.size);
  const change = spec.daily_change?.endsWith('%')
    ? (size * Number.parseFloat(spec.daily_change)) / 100
    : sizeOf(spec.daily_change);
  return { size, change };
}

function sizeOf(text: string | undefined): number {
  const parsed = parseSize(text ?? '');
  return parsed.ok ? parsed.value : 0;
}

/** Sets that have no guest in common. Pools and ids are taken as apart; beside a set of all, the others are in it. */
function apart(spaces: readonly SpaceKept[]): SpaceKept[] {
  const taken = new Set<string>();
  const others: SpaceKept[] = [];
  const whole = new Map<Guests['cluster'], SpaceKept>();
  for (const space of spaces) {
    const { cluster, spec } = space.guests;
    if (spec.all === true) {
      if (space.bytes > (whole.get(cluster)?.bytes ?? 0)) whole.set(cluster, space);
      continue;
    }
    const names = (spec.ids ?? [`pool ${spec.pool}`]).map(name => `${cluster.key} ${name}`);
    if (names.some(name => taken.has(name))) continue;
    for (const name of names) taken.add(name);
    others.push(space);
  }
  return [...whole.values(), ...others.filter(({ guests }) => !whole.has(guests.cluster))];
}
