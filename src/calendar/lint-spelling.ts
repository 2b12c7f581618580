/** Spellings of other programs and of people that Proxmox refuses or misreads, each with what to write instead. */
import { fromCron } from './cron.ts';
import { keywordEvents } from './event.ts';
import type { CalendarFinding } from './lint.ts';
import { parseShaped } from './parse.ts';
import { quoted } from './quote.ts';

/** `write "…"` if Proxmox would take the suggestion, else undefined, so that the code's general fix is given. */
const suggest = (suggestion: string | undefined): { help?: string } =>
  suggestion !== undefined && parseShaped(suggestion).ok ? { help: `write "${suggestion}"` } : {};

type Check = (text: string) => CalendarFinding | undefined;

const cron: Check = text => {
  if (/^@[a-z]+$/.test(text)) {
    return { code: 'calendar-cron', message: `${quoted(text)} is a word of cron`, ...suggest(text.slice(1)) };
  }
  const fields = text.split(/[ \t]+/);
  const isCron =
    (fields.length === 5 || fields.length === 6) &&
    fields.slice(0, 3).every(field => /^[\d*/,?LW-]+$/.test(field));
  if (!isCron) return undefined;
  return { code: 'calendar-cron', message: `${quoted(text)} is cron syntax`, ...suggest(fromCron(fields)) };
};

const timeList: Check = text => {
  const match = /^(.*?)(\d+:\d+(?:, *\d+:\d+)+)(.*)$/.exec(text);
  if (match === null) return undefined;
  const [, before, list, after] = match;
  const times = list!.split(/, */).map(time => time.split(':'));
  const sameMinute = times.every(([, minute]) => Number(minute) === Number(times[0]![1]));
  const joined = `${before}${times.map(([hour]) => hour).join(',')}:${times[0]![1]}${after}`;
  const message = `${quoted(text)} is a list of times, which Proxmox does not know: it reads "," inside the minutes`;
  return {
    code: 'calendar-time-list',
    message,
    ...(sameMinute && times.every(([hour]) => Number(hour) < 24) ? suggest(joined) : {}),
  };
};

/** What a keyword stands for, in front of a time. */
const keywordPrefix: Readonly<Record<string, string>> = {
  daily: '',
  weekly: 'mon ',
  monthly: '*-*-01 ',
  hourly: '*',
};

const keyword: Check = text => {
  const match = /^([A-Za-z]+(?:-annually)?)(?![A-Za-z])(.*)$/.exec(text);
  const word = match?.[1]?.toLowerCase();
  if (match === null || word === undefined || !keywordEvents.has(word)) return undefined;
  const rest = match[2]!.trim();
  if (rest === '' || rest === 'UTC') {
    if (word === match[1]) return undefined;
    return {
      code: 'calendar-keyword-case',
      message: `the keyword in ${quoted(text)} is not in lower case`,
      ...suggest(text.toLowerCase().replace('utc', 'UTC')),
    };
  }
  if (!/^[\d*:]|^[a-z]{3}/i.test(rest) || isZone(rest)) return undefined;
  const prefix = /^[A-Za-z]/.test(rest) ? '' : keywordPrefix[word];
  const whole = prefix !== undefined && parseShaped(rest).ok && (word !== 'hourly' || rest.startsWith(':'));
  const suggestion =
    word === 'hourly' && rest.startsWith(':')
      ? `*${rest}`
      : whole && /^\d+:\d+/.test(rest)
        ? prefix + rest
        : undefined;
  return {
    code: 'calendar-keyword-alone',
    message: `the keyword "${match[1]}" in ${quoted(text)} does not stand alone`,
    ...suggest(suggestion),
  };
};

/** Names of zones, abbreviations people use, and offsets. */
const isZone = (word: string): boolean =>
  /^[A-Za-z]+\/[A-Za-z_/+-]+$/.test(word) ||
  /^[+-]\d\d:?\d\d$/.test(word) ||
  (word !== 'UTC' && /^(?:utc|gmt|z|[cew]es?t|met|msk|bst|[ecmp][sd]t)$/i.test(word));

const zone: Check = text => {
  const word = text.split(/[ \t]+/).at(-1)!;
  const found =
    /[A-Za-z]+\/[A-Za-z_/+-]+$/.exec(text)?.[0] ??
    (isZone(word) ? word : /:\d\d(z|[+-]\d\d:\d\d)$/i.exec(text)?.[1]);
  if (found === undefined) return undefined;
  const message = `${quoted(text)} names the time zone ${quoted(found)}; Proxmox knows the suffix "UTC" only, in upper case`;
  const plain = text.slice(0, -found.length).trim();
  return {
    code: 'calendar-zone',
    message,
    ...suggest(/^(?:utc|gmt|z|etc\/utc)$/i.test(found) ? `${plain} UTC` : plain),
  };
};

const lastDay: Check = text =>
  text.includes('~')
    ? { code: 'calendar-last-day', message: `"~" in ${quoted(text)} is not known to Proxmox` }
    : undefined;

const weekdayDash = /((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)-(?=(?:mon|tue|wed|thu|fri|sat|sun))/gi;

const dashRange: Check = text => {
  const fixed = text.replace(weekdayDash, '$1..').replace(/(^|[ \t,])(\d+)-(\d+)(?=:)/g, '$1$2..$3');
  if (fixed === text || parseShaped(text).ok) return undefined;
  return {
    code: 'calendar-dash-range',
    message: `a range in ${quoted(text)} is written with "-"`,
    ...suggest(fixed),
  };
};

const listBlank: Check = text => {
  const fixed = text.replace(/[ \t]*,[ \t]*/g, ',');
  if (fixed === text) return undefined;
  return {
    code: 'calendar-list-blank',
    message: `a "," in ${quoted(text)} has a blank beside it`,
    ...suggest(fixed),
  };
};

const hour24: Check = text => {
  if (!/(?:^|[ \t])0*(?:2[4-9]|[3-9]\d|[1-9]\d{2,}):\d/.test(text) || parseShaped(text).ok) return undefined;
  return { code: 'calendar-hour-24', message: `the hour in ${quoted(text)} is above 23` };
};

const clock = /(\d+)(?::(\d+))?[ \t]*([ap])\.?m\b\.?/i;

const twelveHour: Check = text => {
  const match = clock.exec(text);
  if (match === null) return undefined;
  const hour = Number(match[1]);
  const hour24 = (hour % 12) + (match[3]!.toLowerCase() === 'p' ? 12 : 0);
  const fixed = text.replace(
    clock,
    `${String(hour24).padStart(2, '0')}:${(match[2] ?? '0').padStart(2, '0')}`,
  );
  const message = `the time in ${quoted(text)} is written with am or pm`;
  return { code: 'calendar-12-hour', message, ...(hour >= 1 && hour <= 12 ? suggest(fixed) : {}) };
};

const timeFirst = /^(\d+:\d+)[ \t]+((?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\.\.|,)?)+)$/i;

const order: Check = text => {
  const [, time, days] = timeFirst.exec(text) ?? [];
  if (time === undefined) return undefined;
  return {
    code: 'calendar-syntax',
    message: `the time in ${quoted(text)} stands before the weekday`,
    ...suggest(`${days} ${time}`),
  };
};

/** As text programs make them of straight ones. */
const curly = /[“”„‘’«»]/g;

const quotes: Check = text => {
  const fixed = text.replace(curly, '');
  if (fixed === text) return undefined;
  return {
    code: 'calendar-syntax',
    message: `${quoted(text)} has quotes that YAML does not know`,
    ...suggest(fixed),
  };
};

const checks: readonly Check[] = [
  order,
  quotes,
  keyword,
  zone,
  lastDay,
  dashRange,
  timeList,
  listBlank,
  hour24,
  twelveHour,
];

/** Every foreign spelling found in a text without surrounding blanks; cron syntax alone explains all the rest. */
export const lintSpelling = (text: string): CalendarFinding[] => {
  const foreign = cron(text);
  if (foreign !== undefined) return [foreign];
  const found = checks.flatMap(check => check(text) ?? []);
  // "01:00, 02:00" is a list of times; that it also holds a blank is beside the point.
  return found.some(({ code }) => code === 'calendar-time-list')
    ? found.filter(({ code }) => code !== 'calendar-list-blank')
    : found;
};
