import { loadCodes } from '../load/codes.ts';
import { validateCodes } from '../validate/codes.ts';
import type { CodeEntry, CodeTable } from './diagnostic.ts';

export interface CatalogueEntry extends CodeEntry {
  readonly code: string;
}

/** The tables of all areas. An area that reports diagnostics keeps its own and is listed here. */
const TABLES: readonly CodeTable[] = [loadCodes, validateCodes];

/** Every diagnostic there is, sorted by code. */
export const catalogue: readonly CatalogueEntry[] = merge(TABLES);

/** Codes are unique over all areas: two meanings of one code are a mistake in the program. */
export function merge(tables: readonly CodeTable[]): readonly CatalogueEntry[] {
  const entries = tables.flatMap(table => Object.entries(table).map(([code, entry]) => ({ code, ...entry })));
  const codes = new Set(entries.map(({ code }) => code));
  if (codes.size < entries.length) throw new Error('two tables of diagnostics define the same code');
  return entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
