import { freeTime } from '../analyses/contention-stagger.ts';
import type { Encounter, Schedule } from '../analyses/schedule.ts';
import type { Job } from '../analyses/schedule-jobs.ts';
import { dateText, listText, momentText } from '../analyses/schedule-text.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const startsTogether: Rule = {
  id: 'starts-together',
  severity: 'warning',
  summary: 'Jobs of unknown duration start at the same minute on one host, datastore, device or line.',
  why: 'They compete from the first minute on, and each takes longer. How long nobody can say without `takes`.',
  fix: 'Start them one after the other.',
  example: {
    bad: 'a: { to: main, schedule: "02:00", … }\nb: { to: main, schedule: "02:00", … }',
    good: 'a: { to: main, schedule: "02:00", takes: 40m, … }\nb: { to: main, schedule: "03:00", takes: 40m, … }',
  },
  *check({ schedule }) {
    const unknown = schedule.encounters.filter(
      ({ meeting: { leader, follower } }) => leader.takes === undefined && follower.takes === undefined,
    );
    const names = new Map([...schedule.sharedBy.keys()].map((job, index) => [job, index]));
    const key = ({ meeting, resources }: Encounter) =>
      [names.get(meeting.leader), ...resources.map(resource => resource.key)].join(' ');
    for (const encounters of groupBy(unknown, key).values()) {
      const [first] = encounters;
      if (first === undefined) continue;
      const { leader, follower, at, dates } = first.meeting;
      const jobs = [leader, ...encounters.map(({ meeting }) => meeting.follower)];
      const shared = listText(
        first.resources.map(({ label }) => label),
        3,
      );
      const when = dates.length > 0 ? `on ${listText(dates.map(dateText))}` : `first on ${momentText(at)}`;
      yield {
        message: `${listText(jobs.map(({ name }) => name))} start at the same minute and use ${shared}: ${when}`,
        place: atValue(follower.path),
        related: jobs
          .filter(job => job !== follower)
          .slice(0, 4)
          .map(({ name, path }) => ({ message: name, place: atValue(path) })),
        helpLater: () => suggestion(schedule, jobs, follower, at),
      };
    }
  },
};

function suggestion(schedule: Schedule, jobs: readonly Job[], follower: Job, at: number): string {
  const free = jobs.length === 2 ? freeTime(schedule, follower, (at % 1440) + 60) : undefined;
  const all = 'start them one after the other';
  return free === undefined
    ? all
    : `${all}: an hour later, \`schedule: "${free}"\` for ${follower.name} meets nothing`;
}
