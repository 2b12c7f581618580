import { once } from '../once.ts';
import { RULES } from '../rules/index.ts';
import { PHASE_CODES } from './code-tables.ts';
import type { CodeEntry, CodeTable } from './diagnostic.ts';

export interface CatalogueEntry extends CodeEntry {
  readonly code: string;
}

/** Every diagnostic there is, sorted by code. */
export const catalogue: () => readonly CatalogueEntry[] = once(() => merge([...PHASE_CODES, ruleCodes()]));

/** Codes are unique over all areas: two meanings of one code are a mistake in the program. */
export function merge(tables: readonly CodeTable[]): readonly CatalogueEntry[] {
  const entries = tables.flatMap(table => Object.entries(table).map(([code, entry]) => ({ code, ...entry })));
  const codes = new Set(entries.map(({ code }) => code));
  if (codes.size < entries.length) throw new Error('two tables of diagnostics define the same code');
  return entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Entries of rules, without those rules that pass on the findings of an area and so have its entry. */
function ruleCodes(): CodeTable {
  const own = RULES.filter(({ id, why }) => !PHASE_CODES.some(table => table[id]?.why === why));
  return Object.fromEntries(
    own.map(({ id, severity, summary, why, fix, example }) => [
      id,
      { severity, summary, why, fix, ...(example && { example }) },
    ]),
  );
}
