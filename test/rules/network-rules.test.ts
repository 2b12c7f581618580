import { expect, test } from 'vitest';
import type { Diagnostic, Place, TopologyPath } from '../../src/diagnostics/diagnostic.ts';
import { foretell, networkCodes, prove } from '../../src/rules/network-rules.ts';
import { type Edit, inFile, ROOT, renderNetwork, replaced } from '../analyses/network/rendered.ts';

const at = (place: Place): string =>
  place.kind === 'file' ? `${place.file}:${place.line}` : place.kind === 'path' ? place.path.join('.') : '';

/** `code severity at place: message`, then related places and the help, indented. */
function shown(yaml: string, edit?: Edit): string {
  const { facts, files } = renderNetwork(yaml, edit);
  return prove(facts, files).map(lines).join('\n');
}

const lines = ({ code, severity, message, place, related = [], help }: Diagnostic): string =>
  [
    `${severity} ${code} at ${at(place)}: ${message}`,
    ...related.map(one => `  ${at(one.place)}: ${one.message}`),
    ...(help === undefined ? [] : [`  help: ${help}`]),
  ].join('\n');

test('nothing but assumptions about what works', () => {
  expect(shown(ROOT)).toMatchInlineSnapshot(`
    "info path-assumed at hosts.nas-home: the network of \`nas-home\` is not rendered: the way of flow \`nas-to-nas\` holds if the host does what \`_external/nas-home.md\` asks
      tunnels.backup.carries.1: taken for granted: 10.20.30.0/24 via 10.10.30.1 on \`eth1\`, as _external/nas-home.md asks
    info path-assumed at hosts.nas-dc: the network of \`nas-dc\` is not rendered: the way of flow \`nas-to-nas\` holds if the host does what \`_external/nas-dc.md\` asks
      tunnels.backup.carries.0: taken for granted: 10.10.30.0/24 via 10.20.30.1 on \`eth1\`, as _external/nas-dc.md asks"
  `);
});

test('the walked path, the line that decided each hop and the line of the topology behind it', () => {
  const file = 'gw-home/root/etc/wireguard/wgbackup.conf';
  expect(shown(ROOT, inFile(file, ', 10.20.30.0/24', ''))).toMatchInlineSnapshot(`
    "error network-path at flows.home-to-dc.via: flow \`home-to-dc\` must use tunnel \`backup\`, and packets from \`pbs-dc\` to 10.10.30.20 are lost at \`gw-home\`: 10.20.30.20 is not in the AllowedIPs of \`gw-dc\` on \`wgbackup\` (pbs-dc:ens19 → gw-dc:ens20 → gw-dc:wgbackup)
      out/pbs-dc/root/etc/network/interfaces.d/offsite:4: \`pbs-dc:ens19\`: ip -4 route replace 10.10.30.0/24 via 10.20.30.1 dev ens19 src 10.20.30.20 mtu 1420
      tunnels.backup.carries.0: \`pbs-dc:ens19\`: where this comes from
      out/gw-dc/root/etc/wireguard/wgbackup.conf:9: \`gw-dc:wgbackup\`: ip -4 route replace 10.10.30.0/24 dev %i src 10.20.30.1
      tunnels.backup.carries.0: \`gw-dc:wgbackup\`: where this comes from
      out/gw-home/root/etc/wireguard/wgbackup.conf:12: \`gw-home\`: [Peer] with PublicKey = duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=
      help: compare what \`carries\` and the addresses of \`gw-home\` say with the lines named here
    error network-path at flows.nas-to-nas.via: flow \`nas-to-nas\` must use tunnel \`backup\`, and packets from \`nas-home\` to 10.20.30.30 are lost at \`gw-home\`: no peer of \`wgbackup\` has 10.20.30.30 in its AllowedIPs (nas-home:eth1 → gw-home:lan0.30 → gw-home:wgbackup)
      tunnels.backup.carries.1: \`nas-home:eth1\`: 10.20.30.0/24 via 10.10.30.1 on \`eth1\`, as _external/nas-home.md asks
      out/gw-home/root/etc/wireguard/wgbackup.conf:9: \`gw-home:wgbackup\`: ip -4 route replace 10.20.30.0/24 dev %i src 10.10.30.1
      tunnels.backup.carries.1: \`gw-home:wgbackup\`: where this comes from
      out/gw-home/root/etc/wireguard/wgbackup.conf:12: \`gw-home\`: [Peer] with PublicKey = duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=
      help: compare what \`carries\` and the addresses of \`gw-home\` say with the lines named here
    info path-assumed at hosts.nas-home: the network of \`nas-home\` is not rendered: the way of flow \`nas-to-nas\` holds if the host does what \`_external/nas-home.md\` asks
      tunnels.backup.carries.1: taken for granted: 10.20.30.0/24 via 10.10.30.1 on \`eth1\`, as _external/nas-home.md asks"
  `);
});

test('a tunnel that does not carry a network: where packets leave it', () => {
  const text = replaced(ROOT, 'carries: [home/storage, dc/backup]', 'carries: [home/storage]');
  expect(shown(text)).toMatchInlineSnapshot(`
    "error network-path at flows.home-to-dc.via: flow \`home-to-dc\` must use tunnel \`backup\`, and packets from \`pbs-dc\` to 10.10.30.20 leave \`pbs-dc\` by the default route on \`ens18\` to \`gw-dc\`, with source 10.20.10.20 (pbs-dc:ens18 → gw-dc:ens19 → gw-dc:wgbackup)
      hosts.pbs-dc.nics.ens18.default_route: \`pbs-dc:ens18\`: the default route of \`pbs-dc\` leaves by \`ens18\`
      out/gw-dc/root/etc/wireguard/wgbackup.conf:9: \`gw-dc:wgbackup\`: ip -4 route replace 10.10.30.0/24 dev %i
      tunnels.backup.carries.0: \`gw-dc:wgbackup\`: where this comes from
      help: \`carries\` of tunnel \`backup\` must name a VLAN of \`pbs-dc\` and one of \`pbs-home\`, and no other interface may be nearer to the address
    error network-path at flows.nas-to-nas.via: flow \`nas-to-nas\` must use tunnel \`backup\`, and \`nas-dc\` has no known address on \`backup\`: packets from \`nas-home\` to its 10.20.30.30 leave \`nas-home\` by the default route on \`eth0\` to \`gw-home\`, with source 10.10.10.30 (nas-home:eth0 → gw-home:lan0.10 → gw-home:wan0)
      hosts.nas-home.nics.eth0.default_route: \`nas-home:eth0\`: the default route of \`nas-home\` leaves by \`eth0\`
      hosts.gw-home.nics.wan0.default_route: \`gw-home:wan0\`: the default route of \`gw-home\` leaves by \`wan0\`
      help: give \`nas-dc\` an interface with an address there, or let \`carries\` name a VLAN that it is on"
  `);
});

test('answers that go another way', () => {
  const file = 'pbs-home/root/etc/network/interfaces.d/offsite';
  expect(shown(ROOT, inFile(file, /^\tup .*\n/gm, ''))).toMatchInlineSnapshot(`
    "error network-return-path at flows.home-to-dc.via: flow \`home-to-dc\` must use tunnel \`backup\`, and answers of \`pbs-home\` to 10.20.30.20 leave \`pbs-home\` by the default route on \`ens18\` to \`gw-home\`, with source 10.10.30.20 (pbs-home:ens18 → gw-home:lan0.10 → gw-home:wgbackup → gw-dc:wgbackup → gw-dc:ens20 → pbs-dc:ens19)
      hosts.pbs-home.nics.ens18.default_route: \`pbs-home:ens18\`: the default route of \`pbs-home\` leaves by \`ens18\`
      out/gw-home/root/etc/wireguard/wgbackup.conf:9: \`gw-home:wgbackup\`: ip -4 route replace 10.20.30.0/24 dev %i src 10.10.30.1
      tunnels.backup.carries.1: \`gw-home:wgbackup\`: where this comes from
      hosts.gw-dc.nics.ens20: \`gw-dc:ens20\`: \`ens20\` is on 10.20.30.0/24
      help: \`carries\` of tunnel \`backup\` must name a VLAN of \`pbs-dc\` and one of \`pbs-home\`, and no other interface may be nearer to the address
    info path-assumed at hosts.nas-home: the network of \`nas-home\` is not rendered: the way of flow \`nas-to-nas\` holds if the host does what \`_external/nas-home.md\` asks
      tunnels.backup.carries.1: taken for granted: 10.20.30.0/24 via 10.10.30.1 on \`eth1\`, as _external/nas-home.md asks
    info path-assumed at hosts.nas-dc: the network of \`nas-dc\` is not rendered: the way of flow \`nas-to-nas\` holds if the host does what \`_external/nas-dc.md\` asks
      tunnels.backup.carries.0: taken for granted: 10.10.30.0/24 via 10.20.30.1 on \`eth1\`, as _external/nas-dc.md asks"
  `);
});

test('a planned tunnel is named as such', () => {
  const text = replaced(ROOT, '    interface: wgbackup', '    state: planned\n    interface: wgbackup');
  expect(shown(text)).toMatchInlineSnapshot(`
    "error network-path at flows.home-to-dc.via: flow \`home-to-dc\` must use tunnel \`backup\`, and packets from \`pbs-dc\` to 10.10.30.20 leave \`pbs-dc\` by the default route on \`ens18\` to \`gw-dc\`, with source 10.20.10.20 (pbs-dc:ens18 → gw-dc:ens19 → gw-dc:ens18)
      hosts.pbs-dc.nics.ens18.default_route: \`pbs-dc:ens18\`: the default route of \`pbs-dc\` leaves by \`ens18\`
      hosts.gw-dc.nics.ens18.default_route: \`gw-dc:ens18\`: the default route of \`gw-dc\` leaves by \`ens18\`
      help: tunnel \`backup\` is \`planned\`: nothing is rendered for it; set \`state: active\`, or make what uses it \`planned\` too
    error network-path at flows.nas-to-nas.via: flow \`nas-to-nas\` must use tunnel \`backup\`, and packets from \`nas-home\` to 10.20.30.30 leave \`nas-home\` by the default route on \`eth0\` to \`gw-home\`, with source 10.10.10.30 (nas-home:eth0 → gw-home:lan0.10 → gw-home:wan0)
      hosts.nas-home.nics.eth0.default_route: \`nas-home:eth0\`: the default route of \`nas-home\` leaves by \`eth0\`
      hosts.gw-home.nics.wan0.default_route: \`gw-home:wan0\`: the default route of \`gw-home\` leaves by \`wan0\`
      help: tunnel \`backup\` is \`planned\`: nothing is rendered for it; set \`state: active\`, or make what uses it \`planned\` too"
  `);
});

test('many connections that fall at one place are one finding', () => {
  const file = 'gw-dc/root/etc/sysctl.d/90-offsite.conf';
  const found = shown(ROOT, inFile(file, '= 1', '= 0')).split('\n');
  expect(found.filter(line => line.startsWith('error'))).toMatchInlineSnapshot(`
    [
      "error network-path at datastores.wasabi.s3.via: datastore \`wasabi\` and 1 more connection must use the internet, and packets from \`pbs-dc\` to s3.eu-central-1.wasabisys.com are lost at \`gw-dc\`: net.ipv4.ip_forward = 0 (pbs-dc:ens18 → gw-dc:ens19)",
      "error network-path at flows.home-to-dc.via: flow \`home-to-dc\` and 1 more connection must use tunnel \`backup\`, and packets from \`pbs-dc\` to 10.10.30.20 are lost at \`gw-dc\`: net.ipv4.ip_forward = 0 (pbs-dc:ens19 → gw-dc:ens20)",
      "error network-path at notifications.mail-dc: notification \`mail-dc\` must reach its server, and packets from \`pbs-dc\` to 10.20.50.25 are lost at \`gw-dc\`: net.ipv4.ip_forward = 0 (pbs-dc:ens18 → gw-dc:ens19)",
    ]
  `);
});

test('jumbo frames on one side only', () => {
  const wide = (text: string, line: string): string =>
    replaced(text, line, line.replace(' }', ', mtu: 9000 }'));
  const pbs = wide(ROOT, 'ens19: { vlan: storage, address: 10.10.30.20 }');
  // Both say in TCP what they take.
  expect(shown(pbs)).not.toContain('mtu-black-hole');
  const nas = wide(pbs, 'eth1: { vlan: storage, address: 10.10.30.30 }');
  expect(shown(nas)).toContain('mtu-black-hole');
  const vlan = replaced(nas, 'subnet: 10.10.30.0/24,', 'subnet: 10.10.30.0/24, mtu: 9000,');
  expect(shown(vlan)).not.toContain('mtu-black-hole');
  expect(
    shown(nas)
      .split('\n')
      .filter(line => line.startsWith('warning')),
  ).toMatchInlineSnapshot(`
    [
      "warning mtu-black-hole at datastores.synology.iscsi.via: datastore \`synology\` may send packets of 9000 bytes, VLAN \`home/storage\` takes 1500, and nobody tells the sender",
    ]
  `);
});

test('jumbo frames into the tunnel', () => {
  const vlans = replaced(ROOT, 'subnet: 10.10.30.0/24,', 'subnet: 10.10.30.0/24, mtu: 9000,').replace(
    'subnet: 10.20.30.0/24,',
    'subnet: 10.20.30.0/24, mtu: 9000,',
  );
  expect(
    shown(vlans)
      .split('\n')
      .filter(line => line.startsWith('warning')),
  ).toMatchInlineSnapshot(`
    [
      "warning mtu-black-hole at flows.nas-to-nas.via: flow \`nas-to-nas\` may send packets of 9000 bytes, \`wgbackup\` of \`gw-home\` takes 1420, and all depends on the message that says so",
      "warning mtu-black-hole at flows.nas-to-nas.via: flow \`nas-to-nas\` may send packets of 9000 bytes, \`wgbackup\` of \`gw-dc\` takes 1420, and all depends on the message that says so",
    ]
  `);
});

test('packets of the tunnel that the path between its ends does not take', () => {
  const file = 'gw-dc/root/etc/wireguard/wgbackup.conf';
  const routes = 'pbs-dc/root/etc/network/interfaces.d/offsite';
  const edit: Edit = (path, text) =>
    path === file
      ? text.replace('MTU = 1420', 'MTU = 1500')
      : path === routes
        ? text.replace('mtu 1420', '')
        : text;
  expect(
    shown(ROOT, edit)
      .split('\n')
      .filter(line => line.startsWith('warning')),
  ).toMatchInlineSnapshot(`
    [
      "warning mtu-black-hole at flows.nas-to-nas.via: flow \`nas-to-nas\` may send packets of 1560 bytes, the path under \`wgbackup\` of \`gw-dc\` takes 1500, and nobody tells the sender",
    ]
  `);
});

test('where other errors forbid rendering, the same errors are told from what would be rendered', () => {
  const { facts, files } = renderNetwork(
    replaced(ROOT, 'carries: [home/storage, dc/backup]', 'carries: [dc/backup]'),
  );
  const messages = (found: readonly Diagnostic[]) =>
    found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  expect(messages(foretell(facts))).toEqual(messages(prove(facts, files)));
  expect(messages(foretell(facts))).toMatchInlineSnapshot(`
    [
      "flow \`home-to-dc\` must use tunnel \`backup\`, and \`pbs-home\` has no known address on \`backup\`: packets from \`pbs-dc\` to its 10.10.30.20 leave \`pbs-dc\` by the default route on \`ens18\` to \`gw-dc\`, with source 10.20.10.20 (pbs-dc:ens18 → gw-dc:ens19 → gw-dc:ens18)",
      "flow \`nas-to-nas\` must use tunnel \`backup\`, and packets from \`nas-home\` to 10.20.30.30 leave \`nas-home\` by the default route on \`eth0\` to \`gw-home\`, with source 10.10.10.30 (nas-home:eth0 → gw-home:lan0.10 → gw-home:wgbackup)",
    ]
  `);
  expect(foretell(renderNetwork(ROOT).facts)).toEqual([]);
});

test('what leads through a tunnel whose end is refused is not said again', () => {
  const text = replaced(
    ROOT,
    '  gw-home:\n    site: home\n',
    '  gw-home:\n    site: home\n    state: retired\n',
  );
  const { facts } = renderNetwork(text);
  const isEnd = (path: TopologyPath): boolean => path.join('.') === 'tunnels.backup.ends.gw-home';
  expect(foretell(facts).length).toBeGreaterThan(0);
  expect(foretell(facts, isEnd)).toEqual([]);
});

test.each(['wan0', 'lan0.30'])('what a tunnel named like NIC %s takes or loses is not said again', name => {
  const { facts } = renderNetwork(replaced(ROOT, 'interface: wgbackup', `interface: ${name}`));
  const isTunnel = (path: TopologyPath): boolean => path.join('.') === 'tunnels.backup.interface';
  expect(foretell(facts).length).toBeGreaterThan(1);
  expect(foretell(facts, isTunnel)).toEqual([]);
});

test('a relay on the host itself needs no network', () => {
  const text = replaced(ROOT, 'server: mail.example.com', 'server: 127.0.0.1').replace(
    '    via: internet\n    from_address',
    '    from_address',
  );
  expect(
    shown(
      text.replace(
        'ens18: { vlan: mgmt, address: 10.10.10.20, default_route: true }',
        'ens18: { vlan: mgmt, address: 10.10.10.20 }',
      ),
    ),
  ).not.toContain('error');
});

test('every code is in the catalogue with its own words', () => {
  expect(Object.keys(networkCodes)).toEqual([
    'network-path',
    'network-return-path',
    'mtu-black-hole',
    'path-assumed',
  ]);
});
