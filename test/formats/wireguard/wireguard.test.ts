import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hookCommand, wireguardComment } from '../../../src/formats/wireguard/quote.ts';
import { readWireguard, wireguardFacts } from '../../../src/formats/wireguard/read.ts';
import { holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const KEY_A = `${'A'.repeat(43)}=`;
const KEY_B = `B${'A'.repeat(42)}=`;
const SAMPLE = `[Interface]
Address = 10.99.0.2/30, 2001:db8::2/64
ListenPort = 51821
mtu=1420
Table = off
PostUp = wg set %i private-key /etc/wireguard/keys/%i.key
PostUp = ip -4 route replace 10.10.30.0/24 dev %i

[PEER] # gw-home
PublicKey = ${KEY_A}
Endpoint = [2001:db8::1]:51821 # outside
AllowedIPs = 10.99.0.1/32, 10.10.30.0/24
AllowedIPs = ::1
PersistentKeepalive = 25

[Peer]
PublicKey = ${KEY_B}
`;
const peer = (line: string): string => `[Peer]\nPublicKey = ${KEY_A}\n${line}`;

describe('readWireguard', () => {
  it('reads sections, lists and repeated keys in any case', () => {
    const doc = readWireguard(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(pairs(wireguardFacts(doc))).toEqual([
      'Interface/Address[0]=10.99.0.2/30',
      'Interface/Address[1]=2001:db8::2/64',
      'Interface/ListenPort=51821',
      'Interface/MTU=1420',
      'Interface/Table=off',
      'Interface/PostUp[0]=wg set %i private-key /etc/wireguard/keys/%i.key',
      'Interface/PostUp[1]=ip -4 route replace 10.10.30.0/24 dev %i',
      `Peer 0/PublicKey=${KEY_A}`,
      'Peer 0/Endpoint=[2001:db8::1]:51821',
      'Peer 0/AllowedIPs[0]=10.99.0.1/32',
      'Peer 0/AllowedIPs[1]=10.10.30.0/24',
      'Peer 0/AllowedIPs[2]=::1',
      'Peer 0/PersistentKeepalive=25',
      `Peer 1/PublicKey=${KEY_B}`,
    ]);
    expect(wireguardFacts(doc)[11]?.line).toBe(13);
  });

  it.each([
    ['[Interface]\nAddres = 10.0.0.1/8', '2: "Addres = 10.0.0.1/8" is not known in [Interface]'],
    ['[Interface]\nPublicKey = x', '2: "PublicKey = x" is not known in [Interface]'],
    [peer('PostUp = x'), '3: "PostUp = x" is not known in [Peer]'],
    ['[Interface]\nMTU', '2: "MTU" is not known in [Interface]'],
    ['MTU = 1', '1: "MTU = 1" stands before any section'],
    ['[Peer]\nPublicKey = abc', '2: PublicKey "abc": not a key of 32 bytes in base64'],
    [
      `[Peer]\nPublicKey = ${'A'.repeat(42)}B=`,
      `2: PublicKey "${'A'.repeat(42)}B=": not a key of 32 bytes in base64`,
    ],
    ['[Peer]\n', '1: a peer without PublicKey'],
    [peer('AllowedIPs = 10.0.0.0/33'), '3: AllowedIPs "10.0.0.0/33": not a network'],
    [
      peer('AllowedIPs = 10.0.0.1/8'),
      '3: AllowedIPs "10.0.0.1/8": host bits are dropped, the network is 10.0.0.0/8',
    ],
    [peer('AllowedIPs = 10.0.0.0/8 11.0.0.0/8'), '3: AllowedIPs "10.0.0.0/811.0.0.0/8": not a network'],
    [peer('AllowedIPs = 10.0.0.0/8,,'), '3: AllowedIPs has an empty value'],
    [peer('Endpoint = 10.0.0.1'), '3: Endpoint "10.0.0.1": not ADDRESS:PORT, [IPV6]:PORT or NAME:PORT'],
    [peer('PersistentKeepalive = 65536'), '3: PersistentKeepalive "65536": neither off nor 0 to 65535'],
    [peer('Endpoint = a:1\nEndpoint = b:1'), '4: Endpoint stands twice in one section; the last one counts'],
    ['[Interface]\nPostUp = a # b', '2: "#" cuts the PostUp command in some versions of wg-quick'],
    ['[Interface]\nMTU = 1420\r', '2: a control character is dropped or ends the line'],
    [
      `${peer('AllowedIPs = 10.0.0.0/8')}\n[Peer]\nPublicKey = ${KEY_B}\nAllowedIPs = 10.0.0.0/8`,
      '6: AllowedIPs "10.0.0.0/8" stands in line 3 already; the later one wins',
    ],
  ])('%j: %s', (text, message) => {
    expect(messages(readWireguard(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readWireguard,
      wireguardFacts,
      d => d.lines.join('\n'),
      '[Interface]',
      '[Peer]',
      'PostUp = ',
      'AllowedIPs = ',
      '10.0.0.0/8',
    );
  });
});

describe('quoting', () => {
  it('reads back the identical command and comment', () => {
    fc.assert(
      fc.property(hostileString, value => {
        const command = hookCommand(value);
        if (command !== undefined) {
          const doc = readWireguard(`[Interface]\nPostUp = ${command}\nMTU = 1420\n`);
          expect(doc.errors).toEqual([]);
          expect(pairs(wireguardFacts(doc))).toEqual([`Interface/PostUp[0]=${value}`, 'Interface/MTU=1420']);
        }
        const comment = wireguardComment(value);
        if (comment !== undefined) {
          expect(readWireguard(`[Interface]\n# ${comment}\n`)).toMatchObject({
            lines: ['[Interface]', `# ${value}`, ''],
            sections: [{ settings: [] }],
            errors: [],
          });
        }
      }),
      { numRuns: 500 },
    );
    expect(hookCommand('ip route del 10.0.0.0/8 || true')).toBe('ip route del 10.0.0.0/8 || true');
    expect(hookCommand('echo #')).toBeUndefined();
  });
});
