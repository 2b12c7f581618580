import { isUpkeep } from '../analyses/schedule-jobs.ts';
import { momentText, spanText } from '../analyses/schedule-text.ts';
import { absencesOf } from '../analyses/windows-presence.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const outsidePresence: Rule = {
  id: 'outside-presence',
  severity: 'warning',
  summary: 'A job is timed for when a host is off or a device is not there.',
  why: 'It fails, or breaks off in the middle. Never in its time: it cannot work at all.',
  fix: 'Move the job into the window, with time enough to end, or correct the window.',
  example: {
    bad: 'usb: { removable: { uuid: …, present: ["fri 12:00-20:00"] }, … }\nto-usb: { to: usb, schedule: "fri 23:00", … }',
    good: 'to-usb: { to: usb, schedule: "fri 13:00", takes: 4h, … }',
  },
  *check({ schedule }) {
    for (const job of schedule.all) {
      for (const { presence, outside, starts, cut, at } of absencesOf(job)) {
        const windows = presence.windows.map(text => `\`${text}\``).join(', ');
        const never = outside === starts;
        const what =
          outside > 0
            ? `starts when ${presence.what} is not there (${windows}), ${never ? 'each time' : `${outside} of ${starts} times in a year`}: first on ${momentText(at)}`
            : `takes ${spanText(job.takes ?? 0)}, and ${presence.what} is gone before it ends (${windows}), ${cut} of ${starts} times in a year: first on ${momentText(at)}`;
        yield {
          ...(never && { severity: 'error' as const }),
          message: `${job.name} (\`${job.text}\`) ${what}`,
          place: atValue(job.path),
          related: [{ message: 'when it is there', place: atValue(presence.path) }],
          help: isUpkeep(job)
            ? 'move it into the window'
            : 'move it into the window, with time enough to end',
        };
      }
    }
  },
};
