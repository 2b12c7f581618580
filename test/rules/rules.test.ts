import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/rules/index.ts';
import { judge, marked, unmarked } from './harness.ts';

const fixtureRoot = new URL('./', import.meta.url);
const folders = readdirSync(fixtureRoot, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);
const fixturesOf = (id: string): string[] =>
  readdirSync(new URL(`${id}/`, fixtureRoot)).filter(file => file.endsWith('.yaml'));

test('every rule has fixtures, and every fixture a rule', () => {
  expect(folders.toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
});

test('a rule is in the file of its name', () => {
  const files = readdirSync(new URL('../../src/rules/', import.meta.url));
  for (const { id } of RULES) expect(files).toContain(`${id}.ts`);
});

describe.each(RULES.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  const files = folders.includes(id) ? fixturesOf(id) : [];

  test.each(files)('%s', async file => {
    const path = new URL(`${id}/${file}`, fixtureRoot);
    const text = readFileSync(path, 'utf8');
    const plain = unmarked(text);
    const { diagnostics } = await judge(plain, [rule]);
    const found = marked(plain, diagnostics);
    if (process.env['UPDATE'] === '1') writeFileSync(path, found);
    else expect(found).toBe(text);
  });

  test('has a fixture that fires and one that is silent', () => {
    const texts = files.map(file => readFileSync(new URL(`${id}/${file}`, fixtureRoot), 'utf8'));
    expect(texts.some(text => text.includes('#@['))).toBe(true);
    expect(texts.some(text => !text.includes('#@'))).toBe(true);
  });

  test('says one line each, about places that exist', async () => {
    for (const file of files) {
      const plain = unmarked(readFileSync(new URL(`${id}/${file}`, fixtureRoot), 'utf8'));
      const { raw } = await judge(plain, [rule]);
      for (const { message, help, place, related = [] } of raw) {
        expect(message).not.toMatch(/\n|undefined|\.$/);
        expect(help ?? '').not.toMatch(/\n|undefined/);
        for (const at of [place, ...related.map(other => other.place)]) expect(at.kind).toBe('path');
      }
    }
  });
});
