import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kind as apply } from '../../src/artifacts/apply/verify.ts';
import { type ArtifactKind, type FactColumns, placeOf } from '../../src/artifacts/artifact.ts';
import { KINDS } from '../../src/artifacts/kinds.ts';
import { compareFacts } from '../../src/render/compare.ts';
import { saysAsMeant } from '../../src/render/compare-while-reading.ts';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';

interface Stated {
  readonly section: string;
  readonly key: string;
  readonly count: number;
  readonly value: string;
}

const columns = (list: readonly Stated[]): FactColumns => ({
  sections: list.map(({ section }) => section),
  keys: list.map(({ key }) => key),
  counts: list.map(({ count }) => count),
  values: list.map(({ value }) => value),
  causes: list.map(() => []),
});
const at = ({ section, key, count }: Stated): string => placeOf(section, key, count);

test('the same verdict as by lists', () => {
  const stated = fc.record({
    section: fc.constantFrom('a', 'b'),
    key: fc.constantFrom('', 'c'),
    count: fc.constantFrom(-1, 0, 1),
    value: fc.constantFrom('x', 'y'),
  });
  const list = fc.array(stated, { maxLength: 5 });
  const verdicts = new Set<boolean>();
  fc.assert(
    fc.property(list, list, fc.boolean(), fc.boolean(), (meant, other, same, isWrong) => {
      const read = same ? meant : other;
      const errors = isWrong ? [{ line: 1, message: 'x' }] : [];
      const kind: ArtifactKind = {
        name: 'k',
        read: () => ({ facts: read.map(one => ({ at: at(one), value: one.value, line: 1 })), errors }),
        find: (_, take) => {
          for (const { section, key, count, value } of read) take(section, key, count, value, 1);
          return errors;
        },
      };
      const facts = meant.map(one => ({ at: at(one), value: one.value, causes: [] }));
      const verdict = compareFacts(facts, kind.read('')).length === 0;
      verdicts.add(verdict);
      expect(saysAsMeant({ columns: columns(meant) }, '', kind)).toBe(verdict);
    }),
    { numRuns: 1000 },
  );
  expect(verdicts.size).toBe(2);
});

test('who lists facts only is compared by lists', () => {
  expect(saysAsMeant({}, '', apply)).toBe(false);
  const listing: ArtifactKind = { name: 'k', read: () => ({ facts: [], errors: [] }) };
  expect(saysAsMeant({ columns: columns([]) }, '', listing)).toBe(false);
});

test.each(completeTopologies)('$name: facts one by one are the same as in a list', async topology => {
  const { rendered } = await compiledTopology(topology);
  const kinds = new Set<string>();
  for (const { text, artifact } of rendered?.files ?? []) {
    const kind = KINDS.get(artifact.kind);
    if (artifact.columns === undefined || kind?.find === undefined) continue;
    kinds.add(kind.name);
    const found: string[] = [];
    kind.find(text, (section, key, count, value, line) => {
      found.push(`${line} ${placeOf(section, key, count)} ${value}`);
    });
    const read = kind.read(text).facts;
    expect(found).toEqual(read.map(fact => `${fact.line} ${fact.at} ${fact.value}`));
    expect(artifact.facts.map(fact => `${fact.at} ${fact.value}`)).toEqual(
      read.map(fact => `${fact.at} ${fact.value}`),
    );
    // Every line that states something counts: without it the text is refused.
    expect(saysAsMeant(artifact, text, kind)).toBe(true);
    const lines = text.split('\n');
    for (const { line } of read.slice(0, 30)) {
      expect(saysAsMeant(artifact, lines.toSpliced(line - 1, 1).join('\n'), kind)).toBe(false);
    }
  }
  expect(kinds.size).toBeGreaterThan(3);
});

test.each([
  ['a line more', (text: string) => `${text}more\n`],
  ['a line less', (text: string) => text.replace(/\n[^\n`#]+\n/, '\n')],
  ['another letter', (text: string) => text.replace('root', 'r00t')],
  ['another number of a step', (text: string) => text.replace('## 2. ', '## 3. ')],
  ['two lines changed places', (text: string) => text.replace(/\n(cd [^\n]+)\n([^\n]+)\n/, '\n$2\n$1\n')],
  ['a block that stays open', (text: string) => text.replace(/```\n$/, '')],
])('a tampered APPLY.md is refused: %s', async (_, tamper) => {
  const { rendered } = await compiledTopology(completeTopologies[0]!);
  const { text, artifact } = rendered?.files.find(file => file.path === 'pve-1/APPLY.md') ?? {};
  const columnsOf = artifact?.columns;
  expect(text).toBeDefined();
  expect(saysAsMeant({ columns: columnsOf }, text ?? '', apply)).toBe(true);
  expect(tamper(text ?? '')).not.toBe(text);
  expect(saysAsMeant({ columns: columnsOf }, tamper(text ?? ''), apply)).toBe(false);
});
