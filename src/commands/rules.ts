/** `offsite rules [CODE]`: the catalogue of findings, or one page of it. */
import { CATALOGUE } from '../diagnostics/catalogue.ts';
import type { CodeEntry } from '../diagnostics/diagnostic.ts';
import { closest } from './closest.ts';
import type { Io } from './io.ts';
import { type Settings, UsageError } from './parse.ts';

export function rules({ positionals: [code], format }: Settings, io: Io): number {
  if (code === undefined) {
    const entries = Object.entries(CATALOGUE).sort(([a], [b]) => (a < b ? -1 : 1));
    if (format === 'json') io.stdout(json(entries.map(([name, entry]) => ({ code: name, ...entry }))));
    else io.stdout(list(entries));
    return 0;
  }
  const entry = Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined;
  if (entry === undefined)
    throw new UsageError(`no finding has the code '${code}'${closest(code, Object.keys(CATALOGUE))}`);
  io.stdout(format === 'json' ? json({ code, ...entry }) : page(code, entry));
  return 0;
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function list(entries: readonly (readonly [string, CodeEntry])[]): string {
  const width = Math.max(0, ...entries.map(([code]) => code.length));
  return entries
    .map(([code, { severity, summary }]) => `${code.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join('');
}

function page(code: string, { severity, summary, why, fix, example }: CodeEntry): string {
  const parts = [`${code} (${severity})`, summary, `Why: ${why}`, `How to fix: ${fix}`];
  if (example !== undefined) {
    parts.push(`Reported:\n\n${indented(example.bad)}`);
    if (example.good !== undefined) parts.push(`Not reported:\n\n${indented(example.good)}`);
  }
  return `${parts.join('\n\n')}\n`;
}

const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '    ');
