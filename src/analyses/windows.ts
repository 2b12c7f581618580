/**
 * Windows of jobs (start and declared duration) as intervals on one line of time. Jobs on one clock are compared on
 * that clock: a change of the time moves all of them. With several clocks the year is cut at every change of one of
 * them, and between two cuts each clock is a fixed number of minutes away from UTC.
 */
import { REFERENCE_YEAR } from '../calendar/reference-year.ts';
import { offsetAt, transitionsIn } from '../calendar/zone.ts';
import type { Job } from './schedule-jobs.ts';
import { WEEK, weekMinute, YEAR_END, YEAR_START } from './schedule-runs.ts';

/** A part of the year, in minutes of its line of time. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Minutes to add for the clock of a job. */
  offset(zone: string): number;
}

export interface Window {
  readonly job: Job;
  /** Minutes: of the week, or since 1970. */
  readonly start: number;
  /** Equal to `start` when it is not known how long the job takes. */
  readonly end: number;
}

export function segmentsOf(jobs: readonly Job[]): Segment[] {
  const zones = [...new Set(jobs.map(({ zone }) => zone))];
  if (zones.length < 2) return [{ from: YEAR_START, to: YEAR_END, offset: () => 0 }];
  const changes = zones.flatMap(zone =>
    transitionsIn(zone, REFERENCE_YEAR).map(({ at }) => Math.ceil(at / 60)),
  );
  const cuts = [...new Set([YEAR_START, ...changes])].sort((a, b) => a - b);
  return cuts.map((from, index) => {
    const offsets = new Map(zones.map(zone => [zone, Math.round(offsetAt(zone, from * 60) / 60)]));
    return { from, to: cuts[index + 1] ?? YEAR_END, offset: zone => offsets.get(zone) ?? 0 };
  });
}

/** Longer first where two start together, so that the shorter one is said to start meanwhile. */
const byStart = (a: Window, b: Window): number =>
  a.start - b.start || b.end - a.end || (a.job.name < b.job.name ? -1 : Number(a.job.name > b.job.name));

/** One week of the weekly jobs. What runs over the end of the week also stands at its beginning. */
export function weekOf(jobs: readonly Job[], segment: Segment): Window[] {
  const windows: Window[] = [];
  for (const job of jobs) {
    if (job.runs.kind !== 'weekly') continue;
    const takes = Math.min(job.takes ?? 0, WEEK - 1);
    const shift = job.delay - segment.offset(job.zone);
    const { minutes } = job.runs;
    for (let index = 0; index < minutes.length; index++) {
      const start = weekMinute(minutes[index]! + shift + MONDAY);
      windows.push({ job, start, end: start + takes });
      if (start + takes > WEEK) windows.push({ job, start: start - WEEK, end: start + takes - WEEK });
    }
  }
  return windows.sort(byStart);
}

/** Any Monday 00:00 since 1970. */
const MONDAY = 4 * 1440;

/** The jobs with dates, in the segment. */
export function datesOf(jobs: readonly Job[], segment: Segment): Window[] {
  const windows: Window[] = [];
  for (const job of jobs) {
    if (job.runs.kind !== 'dated') continue;
    const shift = job.delay - segment.offset(job.zone);
    for (const minute of job.runs.minutes) {
      const start = minute + shift;
      if (start < segment.from || start >= segment.to) continue;
      windows.push({ job, start, end: start + (job.takes ?? 0) });
    }
  }
  return windows.sort(byStart);
}
