import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sysctlKey, sysctlValue } from '../../../src/formats/sysctl/quote.ts';
import { readSysctl, sysctlFacts } from '../../../src/formats/sysctl/read.ts';
import { holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

describe('readSysctl', () => {
  it('reads both separators, comments and optional settings', () => {
    const doc = readSysctl(
      '# a\n; b\nnet.ipv4.ip_forward = 1\n-net/ipv4/conf/ens18.30/rp_filter=2\nkernel.x=a = b # c\n',
    );
    expect(doc.errors).toEqual([]);
    expect(pairs(sysctlFacts(doc))).toEqual([
      'net.ipv4.ip_forward=1',
      'net/ipv4/conf/ens18.30/rp_filter=2',
      'kernel.x=a = b # c',
    ]);
    expect(doc.settings[1]?.optional).toBe(true);
    // With dots as separators a slash inside a part stands for a dot (sysctl.d(5)).
    expect(readSysctl('net.ipv4.conf.ens18/30.rp_filter=2').settings[0]?.parts).toEqual(
      doc.settings[1]?.parts.map(p => p),
    );
  });

  it.each([
    ['net.ipv4.ip_forward', '1: "net.ipv4.ip_forward" is not "key = value"'],
    ['net = 1', '1: "net" is not a kernel setting'],
    ['net..x = 1', '1: "net..x" is not a kernel setting'],
    [
      'net.ipv4.conf.*.rp_filter = 1',
      '1: "net.ipv4.conf.*.rp_filter" is a pattern, which only systemd reads',
    ],
    ['net.x =', '1: "net.x" has no value'],
    ['net.x=1\nnet/x=2', '2: "net.x" is set in line 1 already'],
    ['net.x=1\r', '1: a control character becomes part of the value'],
  ])('%j: %s', (text, message) => {
    expect(messages(readSysctl(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(readSysctl, sysctlFacts, d => d.lines.join('\n'), 'net.x', ' = ', '1');
  });
});

it('reads back the identical value and key', () => {
  fc.assert(
    fc.property(hostileString, value => {
      const quoted = sysctlValue(value);
      if (quoted === undefined) return;
      const doc = readSysctl(`net.x = ${quoted}\n`);
      expect(doc.errors).toEqual([]);
      expect(pairs(sysctlFacts(doc))).toEqual([`net.x=${value}`]);
    }),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.array(hostileString, { maxLength: 4 }), parts => {
      const key = sysctlKey(parts);
      if (key === undefined) return;
      expect(readSysctl(`${key} = 1\n`).settings[0]?.parts).toEqual(parts);
    }),
  );
  expect(sysctlKey(['net', 'ipv4', 'conf', 'ens18.30', 'rp_filter'])).toBe(
    'net/ipv4/conf/ens18.30/rp_filter',
  );
  expect(sysctlKey(['net', 'ipv4', 'ip_forward'])).toBe('net.ipv4.ip_forward');
  expect([sysctlValue(''), sysctlValue(' a'), sysctlValue('a\nb')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
