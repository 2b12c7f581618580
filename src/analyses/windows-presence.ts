/** When the hosts and devices of a job are there: daily windows as intervals of one week on the clock of their host. */
import { parseDailyDuration } from '../calendar/duration.ts';
import { isTimeZone, offsetAt } from '../calendar/zone.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, Flow, Host, Pool, Share } from '../model/topology.ts';
import { hostsOf, isUpkeep, type Job } from './schedule-jobs.ts';
import { startsInYear } from './schedule-order.ts';
import { DAY, WEEK, weekMinute } from './schedule-runs.ts';

/** Something that is not always there. */
export interface Presence {
  /** For people: "host `desktop`". */
  readonly what: string;
  readonly windows: readonly string[];
  readonly zone: string;
  readonly path: TopologyPath;
}

export interface Absence {
  readonly presence: Presence;
  /** Starts that are outside, of all. */
  readonly outside: number;
  readonly starts: number;
  /** Starts inside whose declared duration ends outside. */
  readonly cut: number;
  /** The first start outside, or the first that is cut, by the clock of the windows. */
  readonly at: number;
}

/** Each thing that the job needs and that is not there at all of its times. */
export const absencesOf = (job: Job): Absence[] =>
  presencesOf(job).flatMap(presence => absenceOf(job, presence) ?? []);

function absenceOf(job: Job, presence: Presence): Absence | undefined {
  const intervals = intervalsOf(presence.windows);
  if (intervals === undefined) return undefined;
  const isUtc = presence.zone !== job.zone;
  const starts = startsInYear(job, isUtc).map(start =>
    isUtc ? start + Math.round(offsetAt(presence.zone, start * 60) / 60) : start,
  );
  const ends = starts.map(start => endOf(intervals, weekMinute(start)));
  const isCut = (end: number | undefined, index: number) =>
    end !== undefined && weekMinute(starts[index] ?? 0) + (job.takes ?? 0) > end;
  const outside = ends.filter(end => end === undefined).length;
  const cut = ends.filter(isCut).length;
  const first = ends.findIndex((end, index) => (outside > 0 ? end === undefined : isCut(end, index)));
  const at = starts[first];
  return at === undefined ? undefined : { presence, outside, starts: starts.length, cut, at };
}

interface Interval {
  readonly start: number;
  readonly end: number;
}

/** End of the interval that a minute of the week lies in; beyond the week where it goes on. */
const endOf = (intervals: readonly Interval[], minute: number): number | undefined =>
  intervals.find(({ start, end }) => minute >= start && minute < end)?.end;

/** Joined over midnight and over the end of the week. Undefined when one cannot be read: that is reported elsewhere. */
function intervalsOf(windows: readonly string[]): Interval[] | undefined {
  const all: Interval[] = [];
  for (const text of windows) {
    const parsed = parseDailyDuration(text);
    if (!parsed.ok) return undefined;
    const { weekdays, start, end } = parsed.duration;
    const days = weekdays.length === 0 ? [0, 1, 2, 3, 4, 5, 6] : weekdays;
    // 24:00 cannot be written: 23:59 is meant for it.
    const until = end === DAY - 1 ? DAY : end;
    for (const day of days) all.push({ start: day * DAY + start, end: day * DAY + until });
  }
  const week = all.sort((a, b) => a.start - b.start);
  const joined: Interval[] = [];
  for (const interval of [
    ...week,
    ...week.map(({ start, end }) => ({ start: start + WEEK, end: end + WEEK })),
  ]) {
    const last = joined.at(-1);
    if (last !== undefined && interval.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    } else joined.push(interval);
  }
  return joined;
}

/** Hardly anything is ever away. */
function presencesOf(job: Job): readonly Presence[] {
  const found: Presence[] = [];
  if (isUpkeep(job)) addStore(found, job.datastore);
  else addFlow(found, job.flow);
  if (found.length === 0) return found;
  const unique = new Map(found.map(presence => [presence.what, presence]));
  return [...unique.values()].filter(({ zone }) => isTimeZone(zone));
}

function addFlow(found: Presence[], flow: Flow): void {
  const { runsOn } = flow;
  if (flow.kind === 'carry') return;
  const nodes = runsOn === undefined ? [] : hostsOf(runsOn);
  const [runner] = nodes;
  // Of a cluster, another node does the work.
  if (runner !== undefined && nodes.length === 1) addHost(found, runner);
  switch (flow.kind) {
    case 'backup':
    case 'vzdump': {
      const { backing } = flow.to;
      if (backing.kind === 'datastore') addStore(found, backing.place.datastore);
      if (backing.kind === 'share') addShare(found, backing.place.share);
      return;
    }
    case 'host-backup':
      addStore(found, flow.to.datastore);
      return;
    case 'sync':
      addStore(found, flow.from.datastore);
      addStore(found, flow.to.datastore);
      return;
    case 'rsync':
      addShare(found, flow.from.share);
      addShare(found, flow.to.share);
      return;
    case 'rclone':
      addShare(found, flow.from.share);
      return;
    case 'zfs-send':
      addPool(found, flow.from);
      addPool(found, flow.to);
  }
}

function addHost(found: Presence[], { key, spec, timezone, path }: Host): void {
  if (spec.available === undefined) return;
  const at = [...path, 'available'];
  found.push({ what: `host \`${key}\``, windows: spec.available, zone: timezone, path: at });
}

function addPool(found: Presence[], { key, host, spec, path }: Pool): void {
  addHost(found, host);
  if (spec.present === undefined) return;
  const what = `device \`${host.key}/${key}\``;
  found.push({ what, windows: spec.present, zone: host.timezone, path: [...path, 'present'] });
}

function addShare(found: Presence[], { host, pool }: Share): void {
  if (pool === undefined) addHost(found, host);
  else addPool(found, pool);
}

function addStore(found: Presence[], { key, host, pool, backing, spec, path }: Datastore): void {
  const windows = spec.removable?.present;
  if (windows !== undefined) {
    const what = `the device of datastore \`${key}\``;
    found.push({ what, windows, zone: host.timezone, path: [...path, 'removable', 'present'] });
  }
  if (pool === undefined) addHost(found, host);
  else addPool(found, pool);
  if (backing.kind === 'iscsi') addHost(found, backing.lun.host);
  if (backing.kind === 'nfs') addShare(found, backing.share);
}
