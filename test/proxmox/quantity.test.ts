import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteSizeOf, parseByteSize, printByteSize } from '../../src/proxmox/byte-size.ts';
import { parseDuration, parseRate, parseSize, printDuration } from '../../src/proxmox/quantity.ts';
import vectors from './pbs-vectors.json' with { type: 'json' };

describe('HumanByte', () => {
  it.each(vectors.humanByte)('$in is $canonical', ({ in: text, canonical, bytes }) => {
    const size = parseByteSize(text);
    expect(size === undefined ? undefined : printByteSize(size)).toBe(canonical);
    expect(String(size?.bytes)).toBe(bytes);
  });

  it.each([...vectors.humanByteInvalid, 'inf', 'NaN', '1 KIB', ' 1', '1 B ', '1 EB', '1e', '0x1', '1_0'])(
    'refuses %j',
    text => expect(parseByteSize(text)).toBeUndefined(),
  );

  it.each([
    ['+3', 3],
    ['.5 KB', 500],
    ['1.', 1],
    ['1e30', 2 ** 64],
  ])('takes %s', (text, bytes) => expect(parseByteSize(text)?.bytes).toBe(bytes));

  it('prints what it parses to the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 43 }), bytes => {
        expect(parseByteSize(byteSizeOf(bytes))?.bytes).toBe(bytes);
        const size = parseByteSize(byteSizeOf(bytes));
        if (size !== undefined) expect(printByteSize(size)).toBe(byteSizeOf(bytes));
      }),
    );
  });

  it.each([
    [0, '0 B'],
    [1000, '1 KB'],
    [1024, '1 KiB'],
    [200 * 2 ** 30, '200 GiB'],
    [62_500_000, '62500 KB'],
  ])('%i bytes are %s', (bytes, text) => expect(byteSizeOf(bytes)).toBe(text));
});

describe('quantities of a topology', () => {
  it.each([
    ['200 GiB', 200 * 2 ** 30],
    ['1.5TB', 1.5e12],
    ['1 B', 1],
  ])('size %s', (text, value) => expect(parseSize(text)).toEqual({ ok: true, value }));

  it.each([
    '200',
    '200 gib',
    '200 G',
    '200  GiB',
    '-1 B',
    '0 B',
    '1e3 B',
    '9000000 PiB',
    'GiB',
    '',
    '1 constructor',
  ])('no size: %j', text => expect(parseSize(text).ok).toBe(false));

  it.each([
    ['40 MiB/s', 40 * 2 ** 20],
    ['500 Mbit/s', 62_500_000],
    ['8kbit/s', 1000],
  ])('rate %s', (text, value) => expect(parseRate(text)).toEqual({ ok: true, value }));

  it.each(['40 MiB', '40', '40 mbit/s', '40 Mbps', '0.001 kbit/s', '/s'])('no rate: %j', text =>
    expect(parseRate(text).ok).toBe(false),
  );

  it.each([
    ['45m', 2700],
    ['1h30m', 5400],
    ['25s', 25],
    ['30d', 2_592_000],
    ['2w', 1_209_600],
  ])('duration %s', (text, value) => expect(parseDuration(text)).toEqual({ ok: true, value }));

  it.each(['', '45', '30m1h', '1h1h', '1.5h', '-1m', '0s', '1 h', '5M'])('no duration: %j', text =>
    expect(parseDuration(text).ok).toBe(false),
  );

  it('prints durations that parse to the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), value => {
        expect(parseDuration(printDuration(value))).toEqual({ ok: true, value });
      }),
    );
    expect([0, 5400, 864_000, 1_209_600].map(printDuration)).toEqual(['0s', '1h30m', '10d', '2w']);
  });

  it('says what is allowed', () => {
    expect(parseSize('5')).toMatchObject({ reason: expect.stringContaining('GiB') });
    expect(parseRate('5')).toMatchObject({ reason: expect.stringContaining('40 MiB/s') });
    expect(parseDuration('5')).toMatchObject({ reason: expect.stringContaining('minutes') });
  });
});
