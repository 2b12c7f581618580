import { schedules } from '../analyses/schedules.ts';
import { calendarCodes } from '../calendar/codes.ts';
import { lintCalendarEvent } from '../calendar/lint.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** Passes on all that the linter of calendar events says, each finding with its own code. */
export const calendarSyntax: Rule = {
  id: 'calendar-syntax',
  ...calendarCodes['calendar-syntax'],
  *check({ topology }) {
    for (const { text, path } of schedules(topology)) {
      for (const finding of lintCalendarEvent(text)) yield { ...finding, place: atValue(path) };
    }
  },
};
