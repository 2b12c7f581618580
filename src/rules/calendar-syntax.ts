import { schedules } from '../analyses/schedules.ts';
import { calendarCodes } from '../calendar/codes.ts';
import { type CalendarLint, lintCalendarEvent } from '../calendar/lint.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** Passes on all that the linter of calendar events says, each finding with its own code. */
export const calendarSyntax: Rule = {
  id: 'calendar-syntax',
  ...calendarCodes['calendar-syntax'],
  *check({ topology }) {
    // A deployment has few different schedules.
    const known = new Map<string, readonly CalendarLint[]>();
    for (const { text, path, steps } of schedules(topology)) {
      let findings = known.get(text);
      if (findings === undefined) {
        findings = lintCalendarEvent(text);
        known.set(text, findings);
      }
      for (const finding of findings) yield { ...finding, place: atValue([...path, ...steps]) };
    }
  },
};
