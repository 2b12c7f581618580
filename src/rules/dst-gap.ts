import { freeTime, freeTimeBefore } from '../analyses/contention-stagger.ts';
import type { Schedule } from '../analyses/schedule.ts';
import { lostRun } from '../analyses/schedule-gap.ts';
import { hostsOf, isUpkeep, type Job } from '../analyses/schedule-jobs.ts';
import { clockText, momentText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const dstGap: Rule = {
  id: 'dst-gap',
  severity: 'warning',
  summary: 'A job is to start in the hour that the clocks skip in spring.',
  why: 'The time does not exist that day. PBS, PVE and systemd do not catch up: a daily job loses a day, a weekly one a week.',
  fix: 'Choose a time outside that hour, or write the schedule in UTC.',
  example: { bad: 'schedule: "02:00" # in Europe/Berlin', good: 'schedule: "03:00"' },
  *check({ schedule }) {
    for (const job of schedule.all) {
      const lost = isAffected(job) ? lostRun(job) : undefined;
      if (lost === undefined) continue;
      const then =
        lost.next === undefined
          ? 'it does not run again that year'
          : `the next run is on ${momentText(lost.next)}`;
      yield {
        message: `${job.name} does not run on ${momentText(lost.at)}, which \`${job.zone}\` skips (${clockText(lost.from)} to ${clockText(lost.to)}): ${then}`,
        place: atValue(job.path),
        helpLater: () => suggestion(schedule, job, lost.from % 1440, lost.to % 1440),
      };
    }
  },
};

/** What the scheduler of a NAS does in that hour is not known; and a day without daily upkeep does no harm. */
function isAffected(job: Job): boolean {
  if (isUpkeep(job)) return job.runs.kind === 'dated' || job.runs.minutes.length === 1;
  const { runsOn } = job.flow;
  return runsOn !== undefined && hostsOf(runsOn).every(({ takesFiles }) => takesFiles);
}

function suggestion(schedule: Schedule, job: Job, from: number, to: number): string {
  const free = freeTimeBefore(schedule, job, from) ?? freeTime(schedule, job, to);
  if (free !== undefined) return `\`schedule: "${free}"\` is safe and meets nothing`;
  return `use a time before ${clockText(from)} or from ${clockText(to)} on`;
}
