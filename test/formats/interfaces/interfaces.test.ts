import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interfaceName, interfacesValue } from '../../../src/formats/interfaces/quote.ts';
import { interfacesFacts, readInterfaces } from '../../../src/formats/interfaces/read.ts';
import { holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const SAMPLE = `auto lo
iface lo inet loopback

auto ens18 ens19
allow-hotplug ens20
iface ens19 inet static
	address 10.20.50.20/24
	# a comment
	up ip -4 route replace 10.10.30.0/24 \\
	    via 10.20.50.1
	up second
	bridge_ports none

iface ens19 inet6 static
	address 2001:db8::1/64
source /etc/network/interfaces.d/*
`;

describe('readInterfaces', () => {
  it('reads stanzas, options, continuation lines and comments', () => {
    const doc = readInterfaces(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(pairs(interfacesFacts(doc))).toEqual([
      'auto[0]=lo',
      'iface lo/stanza[0]=inet loopback',
      'auto[1]=ens18',
      'auto[2]=ens19',
      'allow-hotplug[0]=ens20',
      'iface ens19/stanza[0]=inet static',
      'iface ens19/address[0]=10.20.50.20/24',
      'iface ens19/up[0]=ip -4 route replace 10.10.30.0/24 via 10.20.50.1',
      'iface ens19/up[1]=second',
      'iface ens19/bridge-ports[0]=none',
      'iface ens19/stanza[1]=inet6 static',
      'iface ens19/address[1]=2001:db8::1/64',
      'source[0]=/etc/network/interfaces.d/*',
    ]);
    expect(interfacesFacts(doc).map(f => f.line)).toEqual([1, 2, 4, 4, 5, 6, 7, 9, 11, 12, 14, 15, 16]);
  });

  it('joins as ifupdown2 does: comments swallow the next line, blank lines are skipped', () => {
    expect(pairs(interfacesFacts(readInterfaces('# x \\\nauto lo\n')))).toEqual([]);
    expect(pairs(interfacesFacts(readInterfaces('auto lo \\\n\n\n eth0\n')))).toEqual([
      'auto[0]=lo',
      'auto[1]=eth0',
    ]);
  });

  it.each([
    ['adress 10.0.0.1', '1: "adress" is not a stanza and stands in none'],
    ['auto lo\n\taddress 10.0.0.1', '2: "address" is not a stanza and stands in none'],
    ['iface a\n\tup', '2: option "up" has no value'],
    ['iface abcdefghijklmnop', '1: interface name "abcdefghijklmnop" has more than 15 characters'],
    ['iface a inet9 static', '1: unknown address family "inet9"'],
    ['iface a inet statik', '1: unknown method "statik"'],
    ['iface a inet static x', '1: "x" after the method is ignored'],
    ['iface $x', '1: interface name "$x" holds a variable'],
    ['auto', '1: "auto" names nothing'],
    ['source a b', '1: "source" takes one path'],
    ['iface a\n up echo \\x', '2: a backslash inside a line: ifupdown2 reads a blank'],
    ['iface a\n up x\r', '2: a control character that ifupdown2 takes for a line end'],
    ['% for x in y:\nauto lo', '1: template syntax: ifupdown2 hands a file with "%" to its template engine'],
    ['iface a\n up <%x%>\n', '2: template syntax: ifupdown2 hands a file with "%" to its template engine'],
    ['auto lo \\', '1: the last line ends in a backslash'],
  ])('%j: %s', (text, message) => {
    expect(messages(readInterfaces(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readInterfaces,
      interfacesFacts,
      d => d.lines.join('\n'),
      'iface x inet static',
      ' up ',
      'auto ',
      'allow-',
      'source ',
      '\\',
    );
  });
});

describe('quoting', () => {
  it('reads back the identical value in one line', () => {
    fc.assert(
      fc.property(hostileString, value => {
        const quoted = interfacesValue(value);
        if (quoted === undefined) return;
        const doc = readInterfaces(`iface a\n\tup ${quoted}\nauto b\n`);
        expect(doc.errors).toEqual([]);
        expect(pairs(interfacesFacts(doc))).toEqual([
          'iface a/stanza[0]=',
          `iface a/up[0]=${value}`,
          'auto[0]=b',
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('accepts what is usual and refuses what cannot be carried', () => {
    const route = 'ip -4 route replace 10.0.0.0/8 via "10.1.1.1" || true # x';
    expect(interfacesValue(route)).toBe(route);
    for (const value of ['', ' a', 'a ', 'a\nb', 'a\rb', '50%', 'a\\b', '$IFACE', '\u2028a', 'a\x1c', '\0']) {
      expect(interfacesValue(value)).toBeUndefined();
    }
    expect(['ens19', 'vmbr0.30', 'a'.repeat(16), 'a b', 'x[1-2]', '-x', ''].map(interfaceName)).toEqual([
      'ens19',
      'vmbr0.30',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
