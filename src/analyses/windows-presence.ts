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
export function absencesOf(job: Job): Absence[] {
  return presencesOf(job).flatMap(presence => absenceOf(job, presence) ?? []);
}

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

function presencesOf(job: Job): Presence[] {
  const found = isUpkeep(job) ? ofStore(job.datastore) : ofFlow(job.flow);
  const unique = new Map(found.map(presence => [presence.what, presence]));
  return [...unique.values()].filter(({ zone }) => isTimeZone(zone));
}

function ofFlow(flow: Flow): Presence[] {
  const runner = flow.runsOn && !('nodes' in flow.runsOn) ? ofHost(flow.runsOn) : [];
  switch (flow.kind) {
    case 'backup':
    case 'vzdump': {
      const { backing } = flow.to;
      const [only, ...others] = hostsOf(flow.runsOn);
      const node = only !== undefined && others.length === 0 ? ofHost(only) : [];
      if (backing.kind === 'datastore') return [...node, ...ofStore(backing.place.datastore)];
      return backing.kind === 'share' ? [...node, ...ofShare(backing.place.share)] : node;
    }
    case 'host-backup':
      return [...runner, ...ofStore(flow.to.datastore)];
    case 'sync':
      return [...runner, ...ofStore(flow.from.datastore), ...ofStore(flow.to.datastore)];
    case 'rsync':
      return [...runner, ...ofShare(flow.from.share), ...ofShare(flow.to.share)];
    case 'rclone':
      return [...runner, ...ofShare(flow.from.share)];
    case 'zfs-send':
      return [...runner, ...ofPool(flow.from), ...ofPool(flow.to)];
    case 'carry':
      return [];
  }
}

const ofHost = ({ key, spec, timezone, path }: Host): Presence[] =>
  spec.available === undefined
    ? []
    : [{ what: `host \`${key}\``, windows: spec.available, zone: timezone, path: [...path, 'available'] }];

function ofPool({ key, host, spec, path }: Pool): Presence[] {
  if (spec.present === undefined) return ofHost(host);
  const what = `device \`${host.key}/${key}\``;
  return [...ofHost(host), { what, windows: spec.present, zone: host.timezone, path: [...path, 'present'] }];
}

const ofShare = ({ host, pool }: Share): Presence[] => (pool === undefined ? ofHost(host) : ofPool(pool));

function ofStore({ key, host, pool, backing, spec, path }: Datastore): Presence[] {
  const present = spec.removable?.present;
  const what = `the device of datastore \`${key}\``;
  const at = [...path, 'removable', 'present'];
  const device = present === undefined ? [] : [{ what, windows: present, zone: host.timezone, path: at }];
  const below = backing.kind === 'iscsi' ? ofHost(backing.lun.host) : [];
  const share = backing.kind === 'nfs' ? ofShare(backing.share) : [];
  return [...device, ...(pool === undefined ? ofHost(host) : ofPool(pool)), ...below, ...share];
}
