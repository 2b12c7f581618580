import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHostName, parseHostPort, printHostPort } from '../../src/net/host-port.ts';
import { largestPing, linkMtuFor, wireguardMtu, wireguardOverhead } from '../../src/net/wireguard-mtu.ts';

describe('host and port', () => {
  it.each([
    ['203.0.113.1:51821', '203.0.113.1', 51821],
    ['[2001:DB8::1]:22', '2001:db8::1', 22],
    ['GW.example.org:1', 'gw.example.org', 1],
    ['gw:65535', 'gw', 65535],
  ])('reads %s', (text, host, port) => {
    expect(parseHostPort(text)).toEqual({ host, port });
  });

  it.each([
    '',
    ':22',
    'gw',
    'gw:',
    'gw:0',
    'gw:65536',
    'gw:022',
    'gw:22 ',
    '2001:db8::1:22',
    '[gw]:22',
    '[10.0.0.1]:22',
    '[::1]',
    '::1',
    '10.0.0.256:22',
    '10.1:22',
    '-gw:22',
    'gw-:22',
    'g_w:22',
    'gw..x:22',
    'gw.:22',
    'gw\n:22',
    `${'a'.repeat(64)}:22`,
  ])('refuses %j', text => {
    expect(parseHostPort(text)).toBeUndefined();
  });

  it('prints what it reads', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()),
        fc.integer({ min: 1, max: 65535 }),
        (host, port) => {
          const read = parseHostPort(printHostPort(host, port))!;
          expect(read).toBeDefined();
          expect(parseHostPort(printHostPort(read.host, read.port))).toEqual(read);
        },
      ),
    );
    expect(isHostName('1.2.3')).toBe(false);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), s => void parseHostPort(s)));
  });
});

describe('WireGuard MTU', () => {
  it.each([
    [1500, 1440, 1420],
    [1492, 1432, 1412],
    [1450, 1390, 1370],
    [1400, 1340, 1320],
  ])('link %i carries %i over IPv4 and %i safely', (link, overIpv4, safe) => {
    expect(wireguardMtu(link, 4)).toBe(overIpv4);
    expect(wireguardMtu(link)).toBe(safe);
    expect(linkMtuFor(safe)).toBe(link);
    expect(linkMtuFor(overIpv4, 4)).toBe(link);
  });

  it('knows its overhead and the largest echo', () => {
    expect([wireguardOverhead(4), wireguardOverhead(6)]).toEqual([60, 80]);
    expect(largestPing(1420)).toBe(1392);
  });
});
