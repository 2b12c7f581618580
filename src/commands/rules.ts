/** `offsite rules [CODE]`: the catalogue of findings, or one page of it. */
import { type CatalogueEntry, catalogue } from '../diagnostics/catalogue.ts';
import { closest } from './closest.ts';
import type { Io } from './io.ts';
import { type Settings, UsageError } from './parse.ts';

export function rules({ positionals: [code], format }: Settings, io: Io): number {
  const found = code === undefined ? catalogue() : [entryOf(code)];
  if (format === 'json') io.stdout(json(code === undefined ? found : found[0]));
  else io.stdout(code === undefined ? list(found) : found.map(page).join(''));
  return 0;
}

function entryOf(code: string): CatalogueEntry {
  const entry = catalogue().find(one => one.code === code);
  if (entry !== undefined) return entry;
  const known = catalogue().map(one => one.code);
  throw new UsageError(`no finding has the code '${code}'${closest(code, known)}`);
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function list(entries: readonly CatalogueEntry[]): string {
  const width = Math.max(0, ...entries.map(({ code }) => code.length));
  return entries
    .map(({ code, severity, summary }) => `${code.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`)
    .join('');
}

function page({ code, severity, summary, why, fix, example }: CatalogueEntry): string {
  const parts = [`${code} (${severity})`, summary, `Why: ${why}`, `How to fix: ${fix}`];
  if (example !== undefined) {
    parts.push(`Reported:\n\n${indented(example.bad)}`);
    if (example.good !== undefined) parts.push(`Not reported:\n\n${indented(example.good)}`);
  }
  return `${parts.join('\n\n')}\n`;
}

const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '    ');
