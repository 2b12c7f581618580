/** Clients behind a router: what the proof says of their ways, and of what breaks them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prove } from '../../src/rules/network-rules.ts';
import {
  type Edit,
  faultsOf,
  inFile,
  renderNetwork,
  replaced,
  verdictOf,
  waysOf,
} from '../analyses/network/rendered.ts';

const ROUTED = readFileSync(join(import.meta.dirname, '../topologies/routed-vlans/topology.yaml'), 'utf8');

function errorsOf(yaml: string, edit?: Edit): string[] {
  const { facts, files } = renderNetwork(yaml, edit);
  return prove(facts, files)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, help }) => `${code}: ${message} [${help}]`);
}

test('there and back through the same router, by default and by static routes', () => {
  const rendered = renderNetwork(ROUTED);
  expect(faultsOf(rendered)).toEqual([]);
  expect(waysOf(verdictOf(rendered, 'storage `pbs`', 'pve-1'))).toEqual([
    'pve-1:vmbr0 gw-office:lan0.30 gw-office:lan0.40 pbs-office:eno2',
    'pbs-office:eno2 gw-office:lan0.40 gw-office:lan0.30 pve-1:vmbr0',
  ]);
  expect(waysOf(verdictOf(rendered, 'storage `raw`', 'pve-2'))).toEqual([
    'pve-2:vmbr1 gw-office:lan0.30 gw-office:lan0.40 nas-office:eth1',
    'nas-office:eth1 gw-office:lan0.40 gw-office:lan0.30 pve-2:vmbr1',
  ]);
  // Nobody declares this router.
  expect(waysOf(verdictOf(rendered, 'storage `pbs-branch`'))).toEqual([
    'pve-branch:vmbr0 pbs-branch:eno1',
    'pbs-branch:eno1 pve-branch:vmbr0',
  ]);
});

test('the same in IPv6, where a client has nothing else', () => {
  const six = ROUTED.replaceAll(/address: 10\.60\.30\.1[12], /g, '');
  const rendered = renderNetwork(six);
  expect(faultsOf(rendered).filter(line => !line.includes('raw'))).toEqual([]);
  expect(verdictOf(rendered, 'storage `pbs`', 'pve-2').forward?.destination.text).toBe('fd60:40::20');
});

test('a router that does not forward', () => {
  const file = 'gw-office/root/etc/sysctl.d/90-offsite.conf';
  expect(errorsOf(ROUTED, inFile(file, 'ip_forward = 1', 'ip_forward = 0'))[0]).toMatchInlineSnapshot(
    `"network-path: storage \`pbs\` and 8 more connections must use \`office/backup\`, and packets from \`pve-1\` to 10.60.40.20 are lost at \`gw-office\`: net.ipv4.ip_forward = 0 (pve-1:vmbr0 → gw-office:lan0.30) [give \`gw-office\` the role \`gateway\`, or use a network that does not lead through it]"`,
  );
  const none = (path: string, text: string): string => (path === file ? '' : text);
  expect(errorsOf(ROUTED, none)[0]).toContain('nothing switches IPv4 forwarding on');
});

test('a missing route on either side', () => {
  const routes = (host: string): Edit =>
    inFile(`${host}/root/etc/network/interfaces.d/offsite`, /^\tup .*\n/gm, '');
  expect(errorsOf(ROUTED, routes('pve-2'))[0]).toMatchInlineSnapshot(
    `"network-path: storage \`pbs\` and 3 more connections must use \`office/backup\`, and packets from \`pve-2\` to 10.60.40.20 leave \`pve-2\` by the default route on \`vmbr0\` to \`gw-office\`, with source 10.60.10.12 (pve-2:vmbr0 → gw-office:lan0.10 → gw-office:lan0.40 → pbs-office:eno2) [no other interface or route of \`pve-2\` may be nearer to the address]"`,
  );
  expect(errorsOf(ROUTED, routes('pbs-office'))[0]).toMatchInlineSnapshot(
    `"network-return-path: storage \`pbs\` and 4 more connections must use \`office/backup\`, and answers of \`pbs-office\` to 10.60.30.11 leave \`pbs-office\` by the default route on \`eno1\` to \`gw-office\`, with source 10.60.40.20 (pbs-office:eno1 → gw-office:lan0.20 → gw-office:lan0.30 → pve-1:vmbr0) [no other interface or route of \`pbs-office\` may be nearer to the address]"`,
  );
});

test('a server that is on the VLAN of its client answers without the router', () => {
  const both = replaced(
    ROUTED,
    'eno2: { vlan: backup, address: 10.60.40.20',
    'eno3: { vlan: servers, address: 10.60.30.20 }\n      eno2: { vlan: backup, address: 10.60.40.20',
  );
  expect(errorsOf(both)[0]).toMatchInlineSnapshot(
    `"network-return-path: storage \`pbs\` and 2 more connections must use \`office/backup\`, and answers of \`pbs-office\` to 10.60.30.11 leave \`pbs-office\` by \`eno3\` to \`pve-1\`, with source 10.60.40.20 (pbs-office:eno3 → pve-1:vmbr0) [\`pbs-office\` has an address on \`office/servers\`, too, and answers there without a router: write \`via: office/servers\`]"`,
  );
});

test('a client that is on the VLAN itself must not leave by another', () => {
  const on = replaced(
    ROUTED,
    'address6: "fd60:30::11", default_route: true }',
    'address6: "fd60:30::11", default_route: true }\n      vmbr1: { vlan: backup, address: 10.60.40.11 }',
  );
  const rendered = renderNetwork(on);
  expect(waysOf(verdictOf(rendered, 'storage `pbs`', 'pve-1'))).toEqual([
    'pve-1:vmbr1 pbs-office:eno2',
    'pbs-office:eno2 pve-1:vmbr1',
  ]);
});

test('a router that others run is relied on, and told', () => {
  const { facts, files } = renderNetwork(
    replaced(ROUTED, 'roles: { linux: "13", gateway: true }', 'managed: false\n    roles: { gateway: true }'),
  );
  const found = prove(facts, files).filter(({ message }) => message.includes('gw-office'));
  expect(found.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "the network of \`gw-office\` is not rendered: the way of storage \`pbs\` and 8 more connections holds if the host does what \`_external/gw-office.md\` asks",
    ]
  `);
});

test('nodes that have no address family in common: one on the VLAN, the other behind the router', () => {
  const onVlan = replaced(
    ROUTED,
    'vlan: servers, address: 10.60.30.11, address6: "fd60:30::11", default_route: true',
    'vlan: backup, address: 10.60.40.11, default_route: true',
  );
  const six = replaced(onVlan, 'vlan: servers, address: 10.60.30.12, address6', 'vlan: servers, address6');
  expect(errorsOf(six)[0]).toMatchInlineSnapshot(
    `"network-path: storage \`pbs\` and 1 more connection must use \`office/backup\`, and packets from \`pve-1\` to fd60:40::20 are lost at \`pve-1\`: no route to fd60:40::20 [give \`pve-1\` an IPv6 address on \`office/backup\`, or all other clients a way there in the family that it has]"`,
  );
});
