import { expect, test } from 'vitest';
import { lowerStaticRoutes } from '../../../src/artifacts/static-routes/lower.ts';
import { rendered } from '../../support/render.ts';
import { topologyOf } from '../../support/topology.ts';
import { pair } from '../wireguard/deployment.ts';

const lowered = lowerStaticRoutes(topologyOf(pair()));
const files = rendered(lowered.artifacts);

test('a dual-homed host reaches what the tunnel carries through its own end, or not at all', () => {
  expect(files.get('pbs-a/etc/network/interfaces.d/offsite')).toBe(
    '# Static routes, rendered by offsite. The interfaces themselves are in /etc/network/interfaces.\n' +
      '\n' +
      'iface ens19 inet static\n' +
      '\tup ip -4 route replace 10.2.0.0/24 via 10.1.0.1 dev ens19 src 10.1.0.20 mtu 1420\n' +
      '\tup ip -4 route replace unreachable 10.2.0.0/24 metric 4278198272\n' +
      '\n' +
      'iface ens19 inet6 static\n' +
      '\tup for i in 1 2 3 4 5; do ip -6 -o address show tentative | grep -q . || break; sleep 1; done\n' +
      '\tup ip -6 route replace fd00:2::/64 via fd00:1::1 dev ens19 src fd00:1::20 mtu 1420\n' +
      '\tup ip -6 route replace unreachable fd00:2::/64 metric 4278198272\n',
  );
});

test('a gateway has the tunnel itself; while that is down nothing leaves in clear', () => {
  expect(files.get('gw-a/etc/network/interfaces.d/offsite')).toBe(
    '# Static routes, rendered by offsite. The interfaces themselves are in /etc/network/interfaces.\n' +
      '\n' +
      'iface eth1 inet static\n' +
      '\tup ip -4 route replace unreachable 10.2.0.0/24 metric 4278198272\n' +
      '\n' +
      'iface eth1 inet6 static\n' +
      '\tup ip -6 route replace unreachable fd00:2::/64 metric 4278198272\n',
  );
});

test('a NAS gets the return route as a note', () => {
  expect(lowered.external.map(note => [note.name, note.blocks[0]?.text])).toEqual([
    ['nas-b', '10.1.0.0/24 via 10.2.0.1 (interface eth0, own address 10.2.0.30)'],
  ]);
});

test('old routes are cleared before new ones are loaded', () => {
  const titles = (target: string) =>
    lowered.steps.filter(step => step.target === target).map(step => step.title);
  const both = ['Remove routes that the new fragment no longer has', 'Load the static routes'];
  // PBS brings ifupdown2, a Debian host may not have it.
  const debian = [...both, 'Put ifupdown2 in the place of ifupdown'];
  expect([titles('pbs-a'), titles('gw-a')]).toEqual([both, debian]);
  const [step] = lowered.steps.filter(({ title, target }) => target === 'gw-a' && title === debian[2]);
  expect(step?.commands).toEqual(['offsite_replace_ifupdown eth0 eth1']);
  expect(lowered.needs).toMatchObject([
    { name: 'ifupdown2', byStep: true },
    { name: 'ifupdown2', byStep: true },
  ]);
});

test('each route is caused by what is carried, the far VLAN, the gateway and the own address', () => {
  const causes = lowered.artifacts.find(artifact => artifact.target === 'pbs-a')?.facts[1]?.causes ?? [];
  expect(causes.map(path => path.join('.'))).toEqual([
    'tunnels.t.carries.1',
    'sites.b.vlans.lan',
    'hosts.gw-a.nics.eth1.address',
    'hosts.pbs-a.nics.ens19.address',
  ]);
});
