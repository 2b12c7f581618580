/** Each mistake of the table must be found where it was made, and nothing that is harmless may be found. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import type { LocatedDiagnostic } from '../../src/diagnostics/located.ts';
import { type Change, changeBetween, type Edit, edited, lineAt, type Mistake } from './mistake.ts';
import { harmless, mistakes, uncaught } from './table.ts';

const ROOT = readFileSync(new URL('../../topology.yaml', import.meta.url), 'utf8');

async function findingsIn(text: string): Promise<readonly LocatedDiagnostic[]> {
  const { diagnostics, source } = await compile({
    bytes: new TextEncoder().encode(text),
    file: 'topology.yaml',
  });
  return locateAll(diagnostics, source);
}

const atRoot = await findingsIn(ROOT);
const before = (given: readonly Edit[] | undefined) => (given ?? []).reduce(edited, ROOT);

interface Caused {
  readonly after: string;
  readonly change: Change;
  readonly fresh: readonly LocatedDiagnostic[];
  /** Messages that were not there. */
  readonly told: string;
}

async function caused(text: string, edit: Edit): Promise<Caused> {
  const known = text === ROOT ? atRoot : await findingsIn(text);
  const after = edited(text, edit);
  const change = changeBetween(text, after);
  const places = new Set(known.map(({ code, line }) => `${code} ${change.moved(line)}`));
  const messages = new Set(known.map(({ message }) => message));
  const found = await findingsIn(after);
  const told = found.flatMap(({ message }) => (messages.has(message) ? [] : [message])).join('\n');
  return { after, change, fresh: found.filter(({ code, line }) => !places.has(`${code} ${line}`)), told };
}

/** `severity code` on an edited line, with ` on line N` elsewhere. */
function wording({ severity, code, line }: LocatedDiagnostic, { first, last }: Change): string {
  return first <= line && line <= last ? `${severity} ${code}` : `${severity} ${code} on line ${line}`;
}

function wanted(text: string, finds: string): string {
  const [what, steps] = finds.split(' at ');
  return steps === undefined ? finds : `${what} on line ${lineAt(text, steps)}`;
}

async function mustBeCaught({ given, edit, finds, brings = [], tells }: Mistake): Promise<void> {
  const { after, change, fresh, told } = await caused(before(given), edit);
  const found = new Set(fresh.map(finding => wording(finding, change)));
  const missed = finds.map(one => wanted(after, one)).filter(one => !found.has(one));
  expect(missed, [...found].join('\n')).toEqual([]);
  const codes = new Set([...finds.map(one => one.split(' ')[1]), ...brings]);
  expect([...new Set(fresh.map(({ code }) => code))].toSorted()).toEqual([...codes].toSorted());
  if (tells !== undefined) expect(told).toContain(tells);
}

describe.each(mistakes)('%s', (_, table) => {
  test.each(table.map(mistake => [mistake.name, mistake] as const))('%s', async (_name, mistake) => {
    await mustBeCaught(mistake);
  });
});

describe('what cannot be known', () => {
  test.each(uncaught.map(one => [one.name, one] as const))('%s', async (_, { edit, why }) => {
    const { fresh } = await caused(ROOT, edit);
    expect(
      fresh.map(({ message }) => message),
      `it is found now, although ${why}`,
    ).toEqual([]);
  });
});

describe('harmless', () => {
  const codesOf = (findings: readonly LocatedDiagnostic[]) => findings.map(({ code }) => code).toSorted();

  test.each(harmless.map(one => [one.name, one.edits] as const))('%s', async (_, edits) => {
    expect(codesOf(await findingsIn(edits.reduce(edited, ROOT)))).toEqual(codesOf(atRoot));
  });
});

test('the table is large, and every mistake of it says what it is found by', () => {
  const all = mistakes.flatMap(([, table]) => table);
  expect(all.length).toBeGreaterThan(250);
  expect(harmless.length).toBeGreaterThan(30);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.filter(({ finds, tells }) => finds.length === 0 && tells === undefined)).toEqual([]);
});

test('an edit that does not fit the topology fails', () => {
  expect(() => edited(ROOT, ['no such text', ''])).toThrow('has no');
  expect(() => edited(ROOT, ['site: home', ''])).toThrow('has several');
});
