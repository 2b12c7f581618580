import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kind as apply } from '../../src/artifacts/apply/verify.ts';
import type { ArtifactKind, FactColumns } from '../../src/artifacts/artifact.ts';
import { compareFacts } from '../../src/render/compare.ts';
import { saysAsMeant } from '../../src/render/compare-while-reading.ts';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';

interface Stated {
  readonly place: string;
  readonly count: number;
  readonly value: string;
}

const columns = (list: readonly Stated[]): FactColumns => ({
  places: list.map(({ place }) => place),
  counts: list.map(({ count }) => count),
  values: list.map(({ value }) => value),
});
const at = ({ place, count }: Stated): string => (count < 0 ? place : `${place}[${count}]`);

test('the same verdict as by lists', () => {
  const stated = fc.record({
    place: fc.constantFrom('a', 'b'),
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
          for (const { place, count, value } of read) take(place, count, value, 1);
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

test.each(completeTopologies)('$name: the facts of an APPLY.md are the same one by one', async topology => {
  const { rendered } = await compiledTopology(topology);
  for (const { text, artifact } of rendered?.files ?? []) {
    if (artifact.kind !== 'apply') continue;
    const { places = [], counts = [], values = [] } = artifact.columns ?? {};
    const meant = places.map((place, i) => `${at({ place, count: counts[i]!, value: '' })} ${values[i]}`);
    expect(meant).toEqual(artifact.facts.map(fact => `${fact.at} ${fact.value}`));
    const found: string[] = [];
    apply.find?.(text, (place, count, value, line) => {
      found.push(`${line} ${at({ place, count, value })} ${value}`);
    });
    expect(found).toEqual(apply.read(text).facts.map(fact => `${fact.line} ${fact.at} ${fact.value}`));
  }
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
