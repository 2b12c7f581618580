import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { humanDrift } from '../../src/drift/human.ts';
import { placed } from '../../src/drift/place.ts';
import type { FileReport } from '../../src/drift/report.ts';
import { hostileText } from '../formats/hostile.ts';
import { driftOf, SAMPLES, type SampleName } from './support.ts';

const names = Object.keys(SAMPLES) as SampleName[];

function printed(report: FileReport): string {
  const targets = placed([{ target: 'host', files: [report] }], { file: 'topology.yaml', text: '' });
  return humanDrift(targets, { sourceLines: [], verbose: true, quiet: false });
}

describe('any file gives a report', () => {
  test.each(names)('%s', name => {
    const sample = SAMPLES[name];
    const fragments = sample.text.split(/(?<=[\n =:,/])/);
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText(...fragments).map(text => Buffer.from(text)),
          fc.uint8Array(),
        ),
        live => {
          const report = driftOf(sample, live);
          expect(report.state).toMatch(/^(?:same|drift)$/);
          // Nothing of the live file reaches a terminal as it is.
          expect(printed(report)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
        },
      ),
      { numRuns: 150 },
    );
  });
});

test.each(names)('%s: of an empty file everything is only rendered', name => {
  const sample = SAMPLES[name];
  const { findings } = driftOf(sample, '');
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every(({ kind }) => kind === 'only-rendered' || kind === 'damaged')).toBe(true);
});

test('half a million lines are one report', () => {
  const { findings } = driftOf(SAMPLES.script, 'echo x\n'.repeat(500_000));
  expect(findings.length).toBeGreaterThan(500_000);
});
