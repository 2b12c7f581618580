/**
 * A value reaches a file only as exactly one value. For every text field of the schema: hostile values are refused
 * with their position, or every rendered file still reads back as meant, and every command has the words that it has
 * with a harmless value.
 */
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { validate as failFast } from '../../src/validate/generated/fail-fast.js';
import { completeTopologies } from '../topologies/load.ts';
import { type Instance, instances, type Json, replaced, textAt, textFields } from './fields.ts';
import { shapeOf, shellShapes } from './shell-shape.ts';

const NASTY = [
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u0007',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ud800',
  '#',
  ' # x',
  '"',
  "'",
  '\\',
  '%',
  '%i',
  '$',
  '$(reboot)',
  '$' + '{x}',
  '`',
  '`id`',
  ',',
  '=',
  ':',
  ';',
  '&',
  '|',
  '<',
  '>',
  '*',
  '?',
  '[',
  ']',
  '{{x}}',
  '-',
  '--x',
  ' ',
  '../',
  '/../',
  '@@offsite:x:plain@@',
  '\u{1f600}',
  'é',
];

/** Alone, in front, behind, in the middle. */
function variants(text: string, nasty: string): string[] {
  const middle = Math.floor(text.length / 2);
  return [nasty, nasty + text, text + nasty, text.slice(0, middle) + nasty + text.slice(middle)];
}

interface Sample extends Instance {
  readonly topology: string;
  readonly data: Json;
}

interface Taken {
  readonly value: string;
  /** The same with letters for what is hostile in it. */
  readonly harmless: string | undefined;
}

/** The instance of each field in the smallest topology that has one. */
function samples(): ReadonlyMap<string, Sample> {
  const found = new Map<string, Sample>();
  const loaded = completeTopologies
    .map(({ name, file }) => ({ name, text: fs.readFileSync(file, 'utf8') }))
    .sort((a, b) => a.text.length - b.text.length);
  for (const { name, text } of loaded) {
    const data = parse(text, { merge: true }) as Json;
    for (const instance of instances(data)) {
      if (!found.has(instance.field)) found.set(instance.field, { ...instance, topology: name, data });
    }
  }
  return found;
}

const all = samples();
/** JSON is YAML, and carries every string. */
const compiled = (data: Json) => compile({ bytes: Buffer.from(JSON.stringify(data)), file: 'topology.yaml' });

test('every text field of the schema is used by some complete topology', () => {
  expect([...textFields()].filter(field => !all.has(field))).toEqual([]);
});

describe.each([...all.values()].map(sample => [sample.field, sample] as const))('%s', (_field, sample) => {
  test('refuses hostile values, or carries them', async () => {
    const refused: string[] = [];
    const text = textAt(sample.data, sample);
    const carried: Taken[] = [];
    NASTY.forEach((nasty, turn) => {
      const taken: Taken[] = [];
      // A slash makes a directory or a namespace more.
      const harmless = nasty.includes('/') ? [] : variants(text, 'zq');
      for (const [place, value] of variants(text, nasty).entries()) {
        if (failFast(replaced(sample.data, sample, value))) taken.push({ value, harmless: harmless[place] });
        else refused.push(value);
      }
      // Compiling costs time: of the places that the schema lets through, each character takes one in turn.
      const chosen = taken[turn % Math.max(taken.length, 1)];
      if (chosen !== undefined) carried.push(chosen);
    });
    // Positions cost time: they are looked at for a few of the refused values.
    for (const value of [refused[0], refused.at(-1)]) {
      if (value !== undefined)
        expectPosition(sample, value, (await compiled(replaced(sample.data, sample, value))).diagnostics);
    }
    const shapes = new Map<string, readonly string[] | undefined>();
    for (const { value, harmless } of carried) {
      const { diagnostics, files } = await compiled(replaced(sample.data, sample, value));
      const own = diagnostics.filter(diagnostic => diagnostic.code.startsWith('template-'));
      expect(own, `${JSON.stringify(value)} broke out of its place`).toEqual([]);
      if (files === undefined || harmless === undefined) continue;
      if (!shapes.has(harmless)) {
        const other = await compiled(replaced(sample.data, sample, harmless));
        shapes.set(harmless, other.files && shellShapes(other.files));
      }
      const shape = shapes.get(harmless);
      if (shape) expect(shellShapes(files), `${JSON.stringify(value)} broke out of a command`).toEqual(shape);
    }
  }, 120_000);
});

test.each([
  ['a \'b c\' "d $e" f\\ g', 'www$w'],
  ['a; b | c # d', 'w;w|w'],
  ['a $(b)\nc', 'ww$(w)\nw'],
  ["a 'b", 'wwunbalanced'],
])('the shape of %j', (text, shape) => expect(shapeOf(text)).toBe(shape));

/** Some error is at the value, at its key, or at an object around it. */
function expectPosition({ path, field }: Sample, value: string, diagnostics: readonly Diagnostic[]): void {
  const wanted = field.endsWith('{}') ? [...path.slice(0, -1), value] : path;
  const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  expect(errors.length, JSON.stringify(value)).toBeGreaterThan(0);
  const near = errors.some(({ place }) => {
    if (place.kind === 'span') return true;
    return (
      place.kind === 'path' &&
      place.path.length > 0 &&
      place.path.every((step, index) => step === wanted[index])
    );
  });
  expect(
    near,
    `${JSON.stringify(value)}: ${errors.map(error => JSON.stringify(error.place)).join(' ')}`,
  ).toBe(true);
}
