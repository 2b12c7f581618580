import { describe, expect, it } from 'vitest';
import { writeNodeCfg } from '../../../src/formats/key-value/node-cfg.ts';
import { readKeyValue } from '../../../src/formats/key-value/read.ts';
import { readPbsSections } from '../../../src/formats/pbs-sections/read.ts';
import { writePbsSections } from '../../../src/formats/pbs-sections/write.ts';
import vectors from '../../proxmox/pbs-vectors.json' with { type: 'json' };

interface SectionVector {
  readonly file: string;
  readonly case: string;
  readonly in: string;
  readonly parse: string;
  readonly error?: string;
  readonly stage?: string;
  readonly rewritten?: string;
  readonly rewrittenAfterApiUpdate?: string;
  readonly typed?: string;
}

const all: readonly SectionVector[] = vectors.section;
const sections = all.filter(vector => vector.file !== 'node');

describe('what the upstream parser does', () => {
  it.each(sections.filter(vector => vector.parse === 'ok'))('$file: $case', vector => {
    const file = `${vector.file}.cfg`;
    const document = readPbsSections(vector.in, { file });
    expect(document.errors.map(error => error.stage)).toEqual(vector.typed === 'error' ? ['typed'] : []);
    expect(writePbsSections(document.sections, { file })).toBe(vector.rewritten);
    if (vector.rewrittenAfterApiUpdate === undefined) return;
    expect(writePbsSections(document.sections, { file, edited: true })).toBe(vector.rewrittenAfterApiUpdate);
  });

  it.each(sections.filter(vector => vector.stage === 'parse'))('$file: $case', vector => {
    const document = readPbsSections(vector.in, { file: `${vector.file}.cfg` });
    const line = Number(/line (\d+)/.exec(vector.error ?? '')?.[1]);
    expect(document.errors[0]).toMatchObject({ line, stage: 'schema' });
  });

  it.each(sections.filter(vector => vector.stage === 'write'))('$file: $case', vector => {
    const document = readPbsSections(vector.in, { file: `${vector.file}.cfg` });
    expect(document.errors).toEqual([]);
    expect(document.hazards).toHaveLength(1);
  });

  it.each(all.filter(vector => vector.file === 'node'))('node: $case', vector => {
    const document = readKeyValue(vector.in, { file: 'node.cfg' });
    expect(document.errors).toEqual([]);
    expect(writeNodeCfg(document)).toBe(vector.rewritten);
  });

  it('covers every vector', () => {
    const stages = sections.map(vector => vector.stage ?? vector.parse);
    expect(stages.every(stage => ['ok', 'parse', 'write'].includes(stage))).toBe(true);
    expect(all).toHaveLength(41);
  });
});
