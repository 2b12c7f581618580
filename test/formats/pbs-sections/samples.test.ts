import { expect, it } from 'vitest';
import { writeNodeCfg } from '../../../src/formats/key-value/node-cfg.ts';
import { readKeyValue } from '../../../src/formats/key-value/read.ts';
import { readPbsSections } from '../../../src/formats/pbs-sections/read.ts';
import { writePbsSections } from '../../../src/formats/pbs-sections/write.ts';
import { samples } from './samples.ts';

it.each(samples.filter(([file]) => file !== 'node.cfg'))('%s is a fixed point', (file, text) => {
  const document = readPbsSections(text, { file });
  expect(document.errors).toEqual([]);
  expect(document.hazards).toEqual([]);
  expect(writePbsSections(document.sections, { file })).toBe(text);
});

it.each(samples.filter(([file]) => file === 'node.cfg'))('%s is a fixed point', (_, text) => {
  const document = readKeyValue(text, { file: 'node.cfg' });
  expect([...document.errors, ...document.hazards]).toEqual([]);
  expect(writeNodeCfg(document)).toBe(text);
});
