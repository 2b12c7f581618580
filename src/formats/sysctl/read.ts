/** Reader of sysctl.d files as sysctl(8) and systemd-sysctl(8) both read them. */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';

export interface SysctlSetting {
  readonly line: number;
  /** The parts between the separators, for example `['net', 'ipv4', 'ip_forward']`. */
  readonly parts: readonly string[];
  readonly value: string;
  /** A leading `-`: a failure to set it is ignored. */
  readonly optional: boolean;
}

export interface SysctlDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly settings: readonly SysctlSetting[];
  readonly errors: readonly ReadError[];
}

export function readSysctl(text: string): SysctlDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const settings: SysctlSetting[] = [];
  const first = new Map<string, number>();
  lines.forEach((content, index) => {
    const line = index + 1;
    if (/[\0\r]/.test(content))
      errors.push({ line, message: 'a control character becomes part of the value' });
    const setting = readSetting(content, line, errors);
    if (setting === undefined) return;
    settings.push(setting);
    const key = setting.parts.join('/');
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, line);
    else errors.push({ line, message: `"${keyOf(setting)}" is set in line ${earlier} already` });
  });
  return { lines, settings, errors };
}

/** One fact per setting; `at` is the key in dotted form, or with slashes when a part holds a dot. */
export const sysctlFacts = (doc: SysctlDocument): ReadFact[] =>
  doc.settings.map(setting => ({ at: keyOf(setting), value: setting.value, line: setting.line }));

const keyOf = ({ parts }: SysctlSetting): string => parts.join(parts.some(p => p.includes('.')) ? '/' : '.');

function readSetting(content: string, line: number, errors: ReadError[]): SysctlSetting | undefined {
  const text = trim(content);
  if (text === '' || text.startsWith('#') || text.startsWith(';')) return undefined;
  const equals = text.indexOf('=');
  if (equals < 0) {
    errors.push({ line, message: `"${text}" is not "key = value"` });
    return undefined;
  }
  const optional = text.startsWith('-');
  const key = trim(text.slice(optional ? 1 : 0, equals));
  const value = trim(text.slice(equals + 1));
  // The first separator decides: with slashes, dots belong to the names (sysctl.d(5)).
  const separator = /[./]/.exec(key)?.[0] ?? '.';
  const parts = key.split(separator).map(part => (separator === '.' ? part.replaceAll('/', '.') : part));
  if (parts.length < 2 || parts.includes(''))
    errors.push({ line, message: `"${key}" is not a kernel setting` });
  if (/[*?[\]{} \t]/.test(key))
    errors.push({ line, message: `"${key}" is a pattern, which only systemd reads` });
  if (value === '') errors.push({ line, message: `"${key}" has no value` });
  return { line, parts, value, optional };
}

const trim = (text: string): string => text.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');
