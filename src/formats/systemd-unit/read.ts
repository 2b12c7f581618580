/** Reader of systemd unit files, timers and drop-ins (systemd.syntax(7); conf-parser.c). */
import type { ReadError, ReadFact, TakeFound } from '../../artifacts/artifact.ts';
import { collectFacts } from '../collect.ts';
import { isExec, splitExec } from './exec.ts';

export interface UnitSetting {
  readonly line: number;
  readonly section: string;
  readonly key: string;
  /** Trimmed, continuation lines joined; empty is a reset. */
  readonly value: string;
}

export interface UnitDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly settings: readonly UnitSetting[];
  readonly errors: readonly ReadError[];
}

/** systemd.unit(5) "SPECIFIERS" of systemd 252 to 257; `%%` is the percent sign. */
const SPECIFIER = /%(?![aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY%])(?:[\ud800-\udbff][\udc00-\udfff]|.?)/gs;
const EXEC_KEY = /^Exec[A-Z]/;
const CONTROL = /[\0\r]/;

export function readUnit(text: string): UnitDocument {
  const settings: UnitSetting[] = [];
  const { lines, errors } = eachSetting(text, (section, key, value, line) => {
    settings.push({ line, section, key, value });
  });
  return { lines, settings, errors };
}

function eachSetting(
  text: string,
  take: (section: string, key: string, value: string, line: number) => void,
): Pick<UnitDocument, 'lines' | 'errors'> {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  let section: string | undefined;
  joinLines(lines, CONTROL.test(text), errors, (content, line) => {
    if (content.startsWith('[')) {
      section = content.endsWith(']') && content.length > 2 ? content.slice(1, -1) : undefined;
      if (section === undefined) errors.push({ line, message: `"${content}" is not a section` });
      return;
    }
    const equals = content.indexOf('=');
    const key = trim(content.slice(0, Math.max(equals, 0)));
    if (key === '') errors.push({ line, message: `"${content}" is not "Key=value"` });
    else if (section === undefined) errors.push({ line, message: `"${key}" stands in no section` });
    else {
      const value = trim(content.slice(equals + 1));
      take(section, key, value, line);
      checkSetting(line, key, value, errors);
    }
  });
  return { lines, errors };
}

/** One fact per assignment, resets included, counted per section and key: `Service/ExecStart[0]`. */
export const unitFacts = ({ settings }: UnitDocument): ReadFact[] =>
  collectFacts(take => {
    const count = settingCounter();
    for (const { line, section, key, value } of settings)
      take(section, key, count(section, key), value, line);
  });

/** The same fact by fact, from a text; gives the errors. */
export function findUnit(text: string, take: TakeFound): readonly ReadError[] {
  const count = settingCounter();
  return eachSetting(text, (section, key, value, line) =>
    take(section, key, count(section, key), value, line),
  ).errors;
}

/** Counts how often a key came before in its section. A setting has a key, so that no place is a section alone. */
function settingCounter(): (section: string, key: string) => number {
  const sections = new Map<string, Map<string, number>>();
  let current = '';
  let counts = new Map<string, number>();
  return (section, key) => {
    if (section !== current) {
      current = section;
      counts = sections.get(section) ?? new Map<string, number>();
      sections.set(section, counts);
    }
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
}

/** The values of a list setting that are in force after the resets. */
export function unitValues(doc: UnitDocument, section: string, key: string): readonly string[] {
  let values: string[] = [];
  for (const setting of doc.settings) {
    if (setting.section !== section || setting.key !== key) continue;
    values = setting.value === '' ? [] : [...values, setting.value];
  }
  return values;
}

/** The meaning of a value that is one text: `%%` made single; undefined when a specifier remains. */
export const plainUnitText = (value: string): string | undefined =>
  /%(?!%)/.test(value.replaceAll('%%', '')) ? undefined : value.replaceAll('%%', '%');

/**
 * Logical lines without comments. A final backslash that is not itself escaped becomes a blank and joins the next line;
 * comment lines in between are skipped, blank lines end the value.
 */
function joinLines(
  lines: readonly string[],
  hasControl: boolean,
  errors: ReadError[],
  take: (content: string, line: number) => void,
): void {
  let start = 0;
  let before: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const raw = lines[index]!;
    const line = index + 1;
    if (hasControl && CONTROL.test(raw))
      errors.push({ line, message: 'a control character that systemd takes for a line end' });
    const text = trimStart(raw);
    if (text.startsWith('#') || text.startsWith(';')) continue;
    if (before === undefined) start = line;
    const backslashes = finalBackslashes(text);
    const whole: string = before === undefined ? text : before + text;
    if (backslashes % 2 === 1) {
      before = `${whole.slice(0, -1)} `;
      continue;
    }
    before = undefined;
    const content = trim(whole);
    if (content !== '') take(content, start);
  }
  if (before !== undefined) errors.push({ line: start, message: 'the last line ends in a backslash' });
}

function checkSetting(line: number, key: string, value: string, errors: ReadError[]): void {
  // Few values have any percent sign.
  if (value.includes('%')) {
    const unknown = value.replaceAll('%%', '').match(SPECIFIER) ?? [];
    for (const found of unknown)
      errors.push({ line, message: `${key}: unknown specifier "${found}"; a percent sign is written "%%"` });
  }
  if (value === '' || !EXEC_KEY.test(key) || isExec(value)) return;
  const { commands, error } = splitExec(value);
  if (error !== undefined) errors.push({ line, message: `${key}: ${error}` });
  for (const { path } of commands) {
    if (!/^[/%]/.test(path.text))
      errors.push({ line, message: `${key}: "${path.text}" is not an absolute path` });
  }
}

function finalBackslashes(text: string): number {
  let at = text.length;
  while (text[at - 1] === '\\') at--;
  return text.length - at;
}

const isEdge = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d;

function trimStart(text: string): string {
  let start = 0;
  while (isEdge(text.charCodeAt(start))) start++;
  return start === 0 ? text : text.slice(start);
}

function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isEdge(text.charCodeAt(end - 1))) end--;
  return trimStart(end === text.length ? text : text.slice(0, end));
}
