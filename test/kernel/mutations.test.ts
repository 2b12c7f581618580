/** What is left out or written wrongly must show: each case spoils one thing and names every fault that follows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seenByInternet } from './internet.ts';
import { mustRunIn } from './namespaces.ts';
import { kernelUnavailable } from './requirements.ts';
import { faultsOf, kernelVerdicts, verdictsIn } from './verdict.ts';
import { inWorld, type Mutation } from './world.ts';

const TOPOLOGY = readFileSync(join(import.meta.dirname, '../../topology.yaml'), 'utf8');
const ROUTED = readFileSync(join(import.meta.dirname, '../topologies/routed-vlans/topology.yaml'), 'utf8');
const LIMIT_MS = 120_000;

/** Changes one file; what is to be replaced must be there. */
const inFile =
  (wanted: string, pattern: RegExp | string, replacement: string): Required<Mutation>['edit'] =>
  (path, text) => {
    if (path !== wanted) return text;
    const changed = text.replaceAll(pattern, replacement);
    if (changed === text) throw new Error(`${wanted} has no ${pattern}`);
    return changed;
  };

const ROUTES = 'root/etc/network/interfaces.d/offsite';
const PULL = 'flow home-to-dc: pbs-dc → pbs-home';
const WASABI = 'datastore wasabi: pbs-dc → s3.eu-central-1.wasabisys.com';
const RCLONE = 'flow nas-to-wasabi: nas-dc → s3.eu-central-1.wasabisys.com';
const RSYNC = 'flow nas-to-nas: nas-home → nas-dc';

const CASES: readonly (Mutation & { name: string; faults: readonly string[] })[] = [
  {
    name: 'no static route: the pull leaves by the default gateway',
    edit: inFile(`pbs-dc/${ROUTES}`, /^\tup .*\n/gm, ''),
    faults: [`${PULL}: forward wrong-interface`],
  },
  {
    name: 'no static route, but its fallback: the host refuses',
    edit: inFile(`pbs-dc/${ROUTES}`, /^\tup .* via .*\n/gm, ''),
    faults: [`${PULL}: forward unreachable`],
  },
  {
    name: 'no return route on the far side: answers leave by the management interface',
    edit: inFile(`pbs-home/${ROUTES}`, /^\tup .*\n/gm, ''),
    faults: [`${PULL}: back wrong-interface`],
  },
  {
    name: 'the note for a NAS is not followed',
    edit: inFile('_external/nas-home.md', / via /g, ' by '),
    faults: [`${RSYNC}: forward wrong-interface`],
  },
  {
    name: 'a prefix is missing in AllowedIPs',
    edit: inFile('gw-home/root/etc/wireguard/wgbackup.conf', ', 10.20.30.0/24', ''),
    faults: [`${PULL}: forward no-answer`, `${RSYNC}: forward no-answer`],
  },
  {
    name: 'the route names the address of the management interface as source',
    edit: inFile(`pbs-dc/${ROUTES}`, 'src 10.20.30.20', 'src 10.20.10.20'),
    faults: [`${PULL}: forward wrong-source`],
  },
  {
    name: 'a gateway does not forward',
    edit: inFile('gw-dc/root/etc/sysctl.d/90-offsite.conf', 'ip_forward = 1', 'ip_forward = 0'),
    faults: [
      `${PULL}: forward no-answer`,
      `${RSYNC}: forward no-answer`,
      `${RCLONE}: forward no-answer`,
      `${WASABI}: forward no-answer`,
    ],
  },
  {
    name: 'a second default route, on the backup interface',
    after: async ({ host }) => {
      await mustRunIn(host('pbs-dc'), 'ip route prepend default via 10.20.30.1 dev ens19'.split(' '));
    },
    faults: [`${WASABI}: forward wrong-interface`, `${WASABI}: back wrong-interface`],
  },
  {
    name: 'packets of the tunnel are larger than what the internet lets through',
    underlayMtu: 1400,
    faults: [`${PULL}: forward stalled`, `${RSYNC}: forward stalled`],
  },
];

/** Connections of the office, whose router is a declared host. */
const OFFICE = [
  'flow nightly: pve-1 → pbs-office',
  'flow nightly: pve-2 → pbs-office',
  'flow pve-1-files: pve-1 → pbs-office',
  'flow raw: pve-1 → nas-office',
  'flow raw: pve-2 → nas-office',
  'storage pbs: pve-1 → pbs-office',
  'storage pbs: pve-2 → pbs-office',
  'storage raw: pve-1 → nas-office',
  'storage raw: pve-2 → nas-office',
];

const ROUTED_CASES: readonly (Mutation & { name: string; faults: readonly string[] })[] = [
  {
    name: 'no route of a node whose default route leads elsewhere',
    edit: inFile(`pve-2/${ROUTES}`, /^\tup .*\n/gm, ''),
    faults: OFFICE.filter(way => way.includes(': pve-2 ')).flatMap(way => [
      `${way}: back wrong-interface`,
      `${way}: forward wrong-interface`,
    ]),
  },
  {
    name: 'no route back',
    edit: inFile(`pbs-office/${ROUTES}`, /^\tup .*\n/gm, ''),
    faults: OFFICE.filter(way => way.endsWith(' pbs-office')).map(way => `${way}: back wrong-interface`),
  },
  {
    name: 'the router does not forward',
    edit: inFile('gw-office/root/etc/sysctl.d/90-offsite.conf', 'ip_forward = 1', 'ip_forward = 0'),
    faults: OFFICE.map(way => `${way}: forward no-answer`),
  },
];

describe.skipIf(kernelUnavailable()).concurrent('what is spoilt shows', () => {
  test.each(CASES)('$name', { timeout: LIMIT_MS }, async ({ faults, ...mutation }) => {
    const found = faultsOf(await kernelVerdicts(TOPOLOGY, mutation));
    expect(found).toEqual([...faults].sort());
  });

  test.each(ROUTED_CASES)('routed VLANs: $name', { timeout: LIMIT_MS }, async ({ faults, ...mutation }) => {
    expect(faultsOf(await kernelVerdicts(ROUTED, mutation))).toEqual([...faults].sort());
  });

  const noTunnelRoute = inFile('gw-dc/root/etc/wireguard/wgbackup.conf', /^PostUp = ip .*\n/gm, '');

  test('a gateway whose tunnel has no route sends nothing in clear', { timeout: LIMIT_MS }, async () => {
    await inWorld(TOPOLOGY, { edit: noTunnelRoute }, async world => {
      expect(faultsOf(await verdictsIn(world)).length).toBeGreaterThan(0);
      expect((await seenByInternet(world)).cleartext).toBe(0);
    });
  });

  test('without its fallback it sends into the internet what belongs into the tunnel', {
    timeout: LIMIT_MS,
  }, async () => {
    const noFallback = inFile('gw-dc/root/etc/network/interfaces.d/offsite', /^\tup .*\n/gm, '');
    const edit = (path: string, text: string): string => noFallback(path, noTunnelRoute(path, text));
    await inWorld(TOPOLOGY, { edit }, async world => {
      expect(faultsOf(await verdictsIn(world))).toContain(`${PULL}: forward no-answer`);
      expect((await seenByInternet(world)).cleartext).toBeGreaterThan(0);
    });
  });
});

test.skipIf(kernelUnavailable())(
  'a tunnel that declares its small underlay gets through',
  { timeout: LIMIT_MS },
  async () => {
    const declared = TOPOLOGY.replace(
      '    port: 51820\n',
      '    port: 51820\n    mtu: 1320\n    underlay_mtu: 1400\n',
    );
    expect(declared).not.toBe(TOPOLOGY);
    expect(faultsOf(await kernelVerdicts(declared))).toEqual([]);
  },
);
