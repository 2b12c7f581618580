/**
 * The grammar of our users: Proxmox's calendar events without their traps. What Proxmox refuses is explained, and what
 * it accepts and reads otherwise than its author meant is reported.
 */
import type { Severity } from '../diagnostics/diagnostic.ts';
import { canonicalCalendarEvent } from './canonical.ts';
import type { CalendarCode } from './codes.ts';
import { calendarCodes } from './codes.ts';
import { lintEvent } from './lint-event.ts';
import { lintSpelling } from './lint-spelling.ts';
import { parseShaped } from './parse.ts';
import { isPlainEvent } from './plain.ts';
import { quoted } from './quote.ts';

export interface CalendarLint {
  readonly code: CalendarCode;
  readonly severity: Severity;
  /** The fact, with the value quoted; one line, no final full stop. */
  readonly message: string;
  /** What is allowed, or what to write instead. */
  readonly help: string;
}

/** A finding before its severity is looked up; without `help` the code's own fix is given. */
export interface CalendarFinding {
  readonly code: CalendarCode;
  readonly message: string;
  readonly help?: string;
}

/** Longest schedule in PVE's `jobs.cfg`. */
const maxLength = 128;

const withSeverity = ({ code, message, help }: CalendarFinding): CalendarLint => {
  const { severity, fix } = calendarCodes[code];
  return { code, severity, message, help: help ?? fix };
};

const tooLong = (text: string): CalendarFinding => ({
  code: 'calendar-too-long',
  message: `the schedule ${quoted(text)} has ${text.length} characters, ${maxLength} are allowed`,
});

const findings = (text: string): CalendarFinding[] => {
  if (isPlainEvent(text)) return [];
  if (text.length > maxLength) return [tooLong(text)];
  const trimmed = text.trim();
  const parsed = parseShaped(trimmed);
  const spelling = lintSpelling(trimmed);
  const found: CalendarFinding[] = [];
  if (trimmed !== text && trimmed !== '') {
    found.push({
      code: 'calendar-blanks',
      message: `the schedule ${quoted(text)} begins or ends with a blank`,
    });
  }
  found.push(...spelling);
  if (!parsed.ok) {
    const message = `${quoted(text)} is no calendar event: ${parsed.error.message}`;
    return spelling.length > 0 ? found : [...found, { code: 'calendar-syntax', message }];
  }
  // A list of times explains everything else that is odd about its minutes and seconds.
  if (spelling.length === 0) found.push(...lintEvent(trimmed, parsed.event, parsed.shape));
  const canonical = canonicalCalendarEvent(parsed.event);
  return canonical.length > maxLength ? [...found, tooLong(canonical)] : found;
};

/**
 * Everything to say about a schedule; nothing for one that means what it says. Any text that PBS refuses gets at
 * least one error, each of which quotes the text and says what is allowed. Never throws.
 */
export const lintCalendarEvent = (text: string): CalendarLint[] => findings(text).map(withSeverity);
