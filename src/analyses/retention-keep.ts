/**
 * Which backups of a group the keep rules of PBS and PVE leave (proxmox-backup: pbs-datastore/src/prune.rs;
 * pve-storage: src/PVE/Storage.pm, prune_mark_backup_group). Rules run in a fixed order; each takes the newest backup of
 * every period that no earlier rule has one of, until it has its number. So the rules add up, and periods without a
 * backup do not count.
 */
import { civilFromSeconds } from '../calendar/civil.ts';
import type * as Spec from '../model/spec.ts';
import { memo } from '../once.ts';

export const KEEP_RULES = [
  'keep_last',
  'keep_hourly',
  'keep_daily',
  'keep_weekly',
  'keep_monthly',
  'keep_yearly',
] as const;
export type KeepRule = (typeof KEEP_RULES)[number];

export type Keep = Readonly<Partial<Record<KeepRule, number>>>;

export interface Point {
  /** Its period under each rule, in the order of the rules. */
  readonly periods: readonly number[];
  readonly isProtected?: boolean;
  /** Still being written, or broken off. */
  readonly isUnfinished?: boolean;
}

export type Mark = 'keep' | 'remove' | 'protected' | 'keep-partial';

/** The rules of a retention that removes something; undefined when it keeps everything. */
export const keepOf = (retention: Spec.Retention | undefined): Keep | undefined =>
  retention === undefined || retention.keep_all === true ? undefined : rulesOf(retention);

/** Asked for by many. */
const rulesOf = memo((retention: Spec.Retention): Keep | undefined => {
  const rules = KEEP_RULES.filter(rule => retention[rule] !== undefined);
  return rules.length === 0 ? undefined : Object.fromEntries(rules.map(rule => [rule, retention[rule]]));
});

/** `keep_daily: 7, keep_weekly: 4` */
export const keepText = (keep: Keep): string =>
  KEEP_RULES.filter(rule => keep[rule] !== undefined)
    .map(rule => `${rule}: ${keep[rule]}`)
    .join(', ');

/** Every rule full: that many backups are kept, once there have been enough of them. */
export const keepTotal = (keep: Keep): number => KEEP_RULES.reduce((sum, rule) => sum + (keep[rule] ?? 0), 0);

const HOUR = 3600;
const DAY = 86_400;
const NO_DATE = { year: Number.NaN, month: Number.NaN };

/** Whether a rule counts periods that are not of one length, so that they need a date. */
export const isByDate = (keep: Keep): boolean => (keep.keep_monthly ?? keep.keep_yearly) !== undefined;

/**
 * Periods as numbers, in the order of the rules. Weeks are ISO weeks: they begin on Monday, and 1970-01-01 was a
 * Thursday. Months and years are dear, and left out where no rule asks for them.
 */
function periodsAt(wall: number, withDates: boolean): number[] {
  const day = Math.floor(wall / DAY);
  const { year, month } = withDates ? civilFromSeconds(wall) : NO_DATE;
  return [wall, Math.floor(wall / HOUR), day, Math.floor((day + 3) / 7), year * 12 + month, year];
}

/** The number of the period that a wall-clock second lies in. */
export const periodOf = (rule: KeepRule, wall: number): number =>
  periodsAt(wall, rule === 'keep_monthly' || rule === 'keep_yearly')[KEEP_RULES.indexOf(rule)]!;

/** A backup made at wall-clock seconds of the server (`civilToSeconds`). */
export const pointAt = (wall: number, withDates = true): Point => ({ periods: periodsAt(wall, withDates) });

/** What becomes of each backup of one group; `points` are the newest first. No rule keeps everything. */
export function pruneMarks(points: readonly Point[], keep: Keep): Mark[] {
  const marks: (Mark | undefined)[] = new Array(points.length).fill(undefined);
  markUnfinished(points, marks);
  if (keepTotal(keep) === 0)
    return marks.map((mark, index) => mark ?? (points[index]?.isProtected ? 'protected' : 'keep'));
  for (let index = 0; index < KEEP_RULES.length; index++) {
    const count = keep[KEEP_RULES[index]!];
    if (count !== undefined) markRule(points, marks, index, count);
  }
  for (let index = 0; index < marks.length; index++) {
    marks[index] ??= points[index]?.isProtected ? 'protected' : 'remove';
  }
  return marks as Mark[];
}

/** Only the newest unfinished one stays, and only if no finished one is newer: it may still be running. */
function markUnfinished(points: readonly Point[], marks: (Mark | undefined)[]): void {
  for (let index = 0; index < points.length; index++) {
    if (points[index]?.isUnfinished === true) marks[index] = index === 0 ? 'keep-partial' : 'remove';
  }
}

/** Backups of one period stand together, so that one pass sees each period once. */
function markRule(points: readonly Point[], marks: (Mark | undefined)[], rule: number, count: number): void {
  let left = count;
  for (let start = 0; start < points.length && left >= 0; ) {
    const period = points[start]?.periods[rule];
    let end = start;
    let first: number | undefined;
    let isTaken = false;
    for (; end < points.length && points[end]?.periods[rule] === period; end++) {
      if (marks[end] === 'keep') isTaken = true;
      else if (marks[end] === undefined && points[end]?.isProtected !== true) first ??= end;
    }
    if (!isTaken && first !== undefined) {
      if (left === 0) return;
      left--;
      for (let index = first; index < end; index++) {
        if (marks[index] === undefined && points[index]?.isProtected !== true) marks[index] = 'remove';
      }
      marks[first] = 'keep';
    }
    start = end;
  }
}
