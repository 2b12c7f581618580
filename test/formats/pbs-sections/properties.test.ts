import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPbsFile, readPbsSections } from '../../../src/formats/pbs-sections/read.ts';
import { writePbsSections } from '../../../src/formats/pbs-sections/write.ts';

const file = 'traffic-control.cfg';
const id = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{2,31}$/);
const comment = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter(
    text =>
      /^[^\p{Cc}]*$/u.test(text) &&
      text.trim() === text &&
      text !== '' &&
      !text.startsWith('\ufeff') &&
      !text.endsWith('\ufeff'),
  );
const network = fc.ipV4().map(address => `${address}/24`);
const size = fc.integer({ min: 1, max: 999 }).map(number => `${number} MiB`);

const rule = fc
  .record({
    id,
    comment: fc.option(comment),
    networks: fc.array(network, { minLength: 1, maxLength: 4 }),
    rate: fc.option(size),
  })
  .map(value => ({
    type: 'rule',
    id: value.id,
    properties: [
      ...(value.comment === null ? [] : [{ key: 'comment', value: value.comment }]),
      ...value.networks.map(item => ({ key: 'network', value: item })),
      ...(value.rate === null ? [] : [{ key: 'rate-out', value: value.rate }]),
    ],
  }));
const rules = fc.uniqueArray(rule, { selector: value => value.id, maxLength: 5 });

describe('PBS sections', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(rules, sections => {
        const document = readPbsSections(writePbsSections(sections, { file }), { file });
        expect(document.errors).toEqual([]);
        expect(document.hazards).toEqual([]);
        const plain = document.sections.map(section => ({
          type: section.type,
          id: section.id,
          properties: section.properties.map(({ key, value }) => ({ key, value })),
        }));
        expect(plain).toEqual(sections);
      }),
    );
  });

  it('writes a fixed point', () => {
    fc.assert(
      fc.property(rules, sections => {
        const text = writePbsSections(sections, { file });
        expect(writePbsSections(readPbsSections(text, { file }).sections, { file })).toBe(text);
      }),
    );
  });

  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'rule: abc',
          '\n',
          '\r\n',
          '\t',
          ' ',
          'network',
          '10.0.0.0/8',
          ':',
          '#',
          '"',
          '=',
          ',',
          '\u0085',
          '\ufeff',
          'rate-in 1',
        ),
        { maxLength: 40 },
      )
      .map(parts => parts.join('')),
  );

  it('never throws, and names only lines that exist', () => {
    fc.assert(
      fc.property(
        noise,
        fc.constantFrom('traffic-control.cfg', 'datastore.cfg', 'notifications.cfg', 'user.cfg'),
        (text, name) => {
          const { facts, errors } = readPbsFile(text, { file: name });
          const lines = text.split('\n').length;
          for (const { line } of [...errors, ...facts]) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each<[string, string]>([
    ['one long line', 'x'.repeat(400_000)],
    ['blanks in a line', `rule: abc\n\tcomment a${' '.repeat(400_000)}b\n`],
    ['colons', ':a'.repeat(200_000)],
    ['a long host', `remote: abc\n\thost ${'a-.'.repeat(100_000)}\n`],
    ['a long property string', `datastore: abc\n\ttuning ${'a,'.repeat(200_000)}\n`],
    ['many sections', 'rule: abc\n\tnetwork ::/0\n\n'.repeat(20_000)],
    ['many lost lines', 'junk\n'.repeat(100_000)],
  ])('is linear: %s', (_, text) => {
    const start = performance.now();
    for (const name of ['traffic-control.cfg', 'remote.cfg', 'datastore.cfg'])
      readPbsSections(text, { file: name });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
