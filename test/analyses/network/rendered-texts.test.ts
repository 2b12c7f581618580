/** The proof reads texts: a spoilt line changes the verdict, and only that of connections that need it. */
import { describe, expect, test } from 'vitest';
import { faultsOf, inFile, ROOT, renderNetwork, verdictOf, waysOf } from './rendered.ts';

const ROUTES = 'root/etc/network/interfaces.d/offsite';
const PBS_DC = `pbs-dc/${ROUTES}`;
const PBS_HOME = `pbs-home/${ROUTES}`;
const GW_HOME = 'gw-home/root/etc/wireguard/wgbackup.conf';
const GW_DC = 'gw-dc/root/etc/wireguard/wgbackup.conf';
const SYSCTL_DC = 'gw-dc/root/etc/sysctl.d/90-offsite.conf';
const PULL = 'flow home-to-dc pbs-dc';
const RSYNC = 'flow nas-to-nas nas-home';

test('the ways of the example are those that are declared', () => {
  const rendered = renderNetwork(ROOT);
  expect(faultsOf(rendered)).toEqual([]);
  const way = 'pbs-dc:ens19 gw-dc:ens20 gw-dc:wgbackup gw-home:wgbackup gw-home:lan0.30 pbs-home:ens19';
  const pull = verdictOf(rendered, 'flow `home-to-dc`');
  expect(waysOf(pull)).toEqual([way, way.split(' ').reverse().join(' ')]);
  expect(pull.forward?.source?.text).toBe('10.20.30.20');
  expect(
    pull.forward?.hops.map(({ decisions }) => decisions.map(({ at }) => at && `${at.file}:${at.line}`)),
  ).toEqual([
    [`${PBS_DC}:4`],
    [`${GW_DC}:9`, `${SYSCTL_DC}:2`, `${GW_DC}:16`, `${GW_HOME}:16`],
    [undefined, 'gw-home/root/etc/sysctl.d/90-offsite.conf:2'],
  ]);
});

describe('a spoilt text', () => {
  const cases: readonly {
    name: string;
    edit: readonly [string, RegExp | string, string];
    faults: string[];
  }[] = [
    {
      name: 'no static route and no fallback: the default route takes it',
      edit: [PBS_DC, /^\tup .*\n/gm, ''],
      faults: [`${PULL}: forward leaves-by-default-route`],
    },
    {
      name: 'no static route: the fallback refuses',
      edit: [PBS_DC, /^\tup .* via .*\n/gm, ''],
      faults: [`${PULL}: forward unreachable`],
    },
    {
      name: 'no route on the far side',
      edit: [PBS_HOME, /^\tup .*\n/gm, ''],
      faults: [`${PULL}: back leaves-by-default-route`],
    },
    {
      name: 'a route by the management interface',
      edit: [PBS_DC, 'via 10.20.30.1 dev ens19 src 10.20.30.20', 'via 10.20.10.1 dev ens18 src 10.20.30.20'],
      faults: [`${PULL}: forward wrong-nic`],
    },
    {
      name: 'a next hop that is on no network of the interface: the kernel refuses the route',
      edit: [PBS_DC, 'via 10.20.30.1', 'via 10.20.10.1'],
      faults: [`${PULL}: forward unreachable`],
    },
    {
      name: 'a next hop that nobody has',
      edit: [PBS_DC, 'via 10.20.30.1', 'via 10.20.30.99'],
      faults: [`${PULL}: forward wrong-nic`],
    },
    {
      name: 'a source of another interface',
      edit: [PBS_DC, 'src 10.20.30.20', 'src 10.20.10.20'],
      faults: [`${PULL}: forward source-not-allowed`],
    },
    {
      name: 'a source that is no own address: the kernel refuses the route',
      edit: [PBS_DC, 'src 10.20.30.20', 'src 10.20.30.21'],
      faults: [`${PULL}: forward unreachable`],
    },
    {
      name: 'a nearer route, for the host alone',
      edit: [PBS_DC, /\n$/, '\n\tup ip -4 route replace 10.10.30.20 via 10.20.10.1 dev ens18\n'],
      faults: [`${PULL}: forward wrong-nic`],
    },
    {
      name: 'a wider route does no harm',
      edit: [PBS_DC, /\n$/, '\n\tup ip -4 route replace 10.0.0.0/8 via 10.20.10.1 dev ens18\n'],
      faults: [],
    },
    {
      name: 'a second default route that comes first',
      edit: [PBS_DC, /\n$/, '\n\tup ip -4 route prepend default via 10.20.30.1 dev ens19\n'],
      faults: ['datastore wasabi pbs-dc: forward wrong-nic'],
    },
    {
      name: 'a network is missing in AllowedIPs of the sender',
      edit: [GW_DC, ', 10.10.30.0/24', ''],
      faults: [`${PULL}: forward not-in-allowed-ips`, `${RSYNC}: forward source-not-allowed`],
    },
    {
      name: 'a network is missing in AllowedIPs of the receiver',
      edit: [GW_HOME, ', 10.20.30.0/24', ''],
      faults: [`${PULL}: forward source-not-allowed`, `${RSYNC}: forward not-in-allowed-ips`],
    },
    {
      name: 'a later peer takes the network away',
      edit: [
        GW_HOME,
        /\n$/,
        '\n\n[Peer]\nPublicKey = AAAAC3NzaC1lZDI1NTE5AAAAIKZ0N+i+t7+n70fKES4=\nAllowedIPs = 10.20.30.0/24\n',
      ],
      faults: [`${PULL}: forward source-not-allowed`, `${RSYNC}: forward unknown-peer`],
    },
    {
      name: 'the key of the peer is another one',
      edit: [GW_HOME, /^PublicKey = d/m, 'PublicKey = e'],
      faults: [`${PULL}: forward unknown-peer`, `${RSYNC}: forward unknown-peer`],
    },
    {
      name: 'the gateway has no route into the tunnel',
      edit: [GW_DC, /^PostUp = ip .*\n/m, ''],
      faults: [`${PULL}: forward unreachable`, `${RSYNC}: back unreachable`],
    },
    {
      name: 'wg-quick makes the routes itself: as good',
      edit: [GW_DC, /^(?:Table = off|PostUp = ip .*)\n/gm, ''],
      faults: [],
    },
    {
      name: 'the endpoint is in the tunnel',
      edit: [GW_DC, '203.0.113.130:51820', '10.10.30.1:51820'],
      faults: [`${PULL}: forward endpoint-in-tunnel`, `${RSYNC}: back endpoint-in-tunnel`],
    },
    {
      name: 'a gateway does not forward',
      edit: [SYSCTL_DC, '= 1', '= 0'],
      faults: [
        'datastore wasabi pbs-dc: forward no-forwarding',
        `${PULL}: forward no-forwarding`,
        'flow nas-to-wasabi nas-dc: forward no-forwarding',
        `${RSYNC}: forward no-forwarding`,
        'notification mail-dc pbs-dc: forward no-forwarding',
      ],
    },
    {
      name: 'the line that switches forwarding on is missing',
      edit: [SYSCTL_DC, /^net.*\n/m, ''],
      faults: [
        'datastore wasabi pbs-dc: forward no-forwarding',
        `${PULL}: forward no-forwarding`,
        'flow nas-to-wasabi nas-dc: forward no-forwarding',
        `${RSYNC}: forward no-forwarding`,
        'notification mail-dc pbs-dc: forward no-forwarding',
      ],
    },
    {
      name: 'another default route',
      edit: [PBS_DC, /\n$/, '\n\tup ip -4 route replace default via 10.20.30.1 dev ens19\n'],
      faults: ['datastore wasabi pbs-dc: forward wrong-nic'],
    },
    {
      name: 'a gateway sends all into the tunnel',
      edit: [GW_DC, /10\.10\.30\.0\/24/g, '0.0.0.0/0'],
      faults: [
        'datastore wasabi pbs-dc: forward wrong-tunnel',
        'flow nas-to-wasabi nas-dc: forward wrong-tunnel',
        `${PULL}: forward unreachable`,
        `${RSYNC}: back unreachable`,
      ],
    },
  ];

  test.each(cases)('$name', ({ edit: [file, pattern, replacement], faults }) => {
    expect(faultsOf(renderNetwork(ROOT, inFile(file, pattern, replacement)))).toEqual(faults.toSorted());
  });

  test('a file that is missing is a tunnel that is missing', () => {
    const { facts, files } = renderNetwork(ROOT);
    const without = files.filter(({ path }) => path !== GW_HOME);
    expect(faultsOf({ facts, files: without })).toEqual([
      `${PULL}: forward no-tunnel`,
      `${RSYNC}: forward unreachable`,
    ]);
  });
});
