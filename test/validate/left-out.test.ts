/** One mistake in an object hides none of the others: values are judged in objects that are left out, too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';
import { describe, expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import { compile } from '../../src/compile.ts';
import type { TopologyPath } from '../../src/diagnostics/diagnostic.ts';
import { parseTopology } from '../../src/load/parse.ts';
import type { Schema } from '../../src/validate/schema.ts';
import { valuesIn } from '../../src/validate/values.ts';

const schema = schemaText as unknown as Schema;

/** Bad values that their definitions let through, with what is said of them. */
const BAD: Readonly<Record<string, readonly [text: string, code: string]>> = {
  calendar: ['at noon', 'calendar-syntax'],
  window: ['22:00-06:00', 'bad-window'],
  duration: ['0m', 'bad-quantity'],
  keepalive: ['1d', 'keepalive-range'],
  size: ['0 B', 'bad-quantity'],
  rate: ['0 B/s', 'bad-quantity'],
  timeZone: ['Europe/Berln', 'unknown-time-zone'],
  endpoint: ['gw.example.com:70000', 'bad-address'],
  version: ['4', 'unsupported-version'],
  sshPublicKey: ['ssh-ed25519 AAAA', 'ssh-key-unusable'],
  groupFilter: ['vm/100', 'group-filter-invalid'],
  cidr4: ['10.300.1.0/24', 'bad-address'],
  cidr6: ['fd00::1::/64', 'bad-address'],
  ip4OnNic: ['192.0.2.300/24', 'bad-address'],
  ip6OnNic: ['fd00::1::2/64', 'bad-address'],
};

type Tree = { [key: string]: Tree } & { [key: string]: unknown };

const copyOf = (data: unknown): Tree => JSON.parse(JSON.stringify(data)) as Tree;

async function placesOf(code: string, data: unknown): Promise<ReadonlySet<string>> {
  const { diagnostics } = await compile({ file: 't.yaml', bytes: Buffer.from(JSON.stringify(data)) });
  return new Set(
    diagnostics.flatMap(one =>
      one.code === code && one.place.kind === 'path' ? [one.place.path.join(' ')] : [],
    ),
  );
}

/** What is gone may say anything of its schedule and version. */
const isRetired = (data: unknown, [section = '', key = '']: TopologyPath): boolean =>
  (data as Tree)[section]![key]!['state'] === ('retired' as never);

const root = join(import.meta.dirname, '../..');
const files = ['topology.yaml', ...glob.sync('test/topologies/*/topology.yaml', { cwd: root }).sort()];
const topologies = files.map(file => {
  const { document } = parseTopology(readFileSync(join(root, file), 'utf8'));
  return document!.data;
});

describe.each(Object.entries(BAD))('a bad %s', (kind, [text, code]) => {
  const cases = topologies.flatMap(data => {
    const objects = Object.entries(data).flatMap(([section, map]) =>
      typeof map === 'object' && map !== null ? Object.keys(map).map(key => [section, key]) : [],
    );
    const judged = (kinds: readonly string[]): string | undefined =>
      kinds.find(one => Object.hasOwn(BAD, one));
    const places = [...valuesIn(objects, data, schema, () => false)]
      .filter(({ kinds }) => judged(kinds) === kind)
      .filter(({ path }) => !['calendar', 'version'].includes(kind) || !isRetired(data, path))
      .filter(({ path }) => kind !== 'version' || ['pbs', 'pve'].includes(String(path.at(-1))))
      .map(({ path }) => path);
    return places.length > 0 ? [[data, places] as const] : [];
  });

  test('stands somewhere in the topologies of the tests', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases)('is said in a sound object and in one with a mistake', async (data, places) => {
    const sound = copyOf(data);
    for (const path of places) {
      const parent = path.slice(0, -1).reduce((at, step) => at[step] as Tree, sound);
      parent[path.at(-1) as string] = text as never;
    }
    const wanted = places.map(path => path.join(' '));
    const said = await placesOf(code, sound);
    expect(wanted.filter(path => !said.has(path))).toEqual([]);
    for (const path of places) (sound[path[0] as string]![path[1] as string] as Tree)['mistake'] = 1 as never;
    const saidOfLeftOut = await placesOf(code, sound);
    expect(wanted.filter(path => !saidOfLeftOut.has(path))).toEqual([]);
  });
});

describe('in an object with a mistake', () => {
  const found = async (text: string): Promise<string[]> => {
    const { diagnostics } = await compile({ file: 't.yaml', bytes: Buffer.from(text) });
    return diagnostics.map(
      ({ code, place }) => `${code} ${place.kind === 'path' ? place.path.join('.') : ''}`,
    );
  };
  const BASE =
    'offsite: 1\nsites: { home: { timezone: UTC, vlans: { lan: { id: 10, subnet: 10.0.0.0/24 } } } }\n';

  test('an address outside of its VLAN is said, and one that the VLAN cannot judge is not', async () => {
    const all = await found(
      `${BASE}hosts: { pbs: { site: home, roles: { pbs: 4 }, nics: { a: { vlan: lan, address: 10.0.1.5 }, b: { vlan: none, address: 10.0.1.5 }, c: { vlan: lan, address: 10.0.0.5 } } } }`,
    );
    expect(all).toContain('address-outside-subnet hosts.pbs.nics.a.address');
    expect(all.filter(one => one.startsWith('address'))).toHaveLength(1);
  });

  test('an address outside of the transfer network of the tunnel is said', async () => {
    const all = await found(
      `${BASE}hosts: {}\ntunnels: { t: { interface: wg0, subnet: 10.9.0.0/30, mtu: "1420", ends: { a: { address: 10.9.0.9 }, b: { address: 10.9.0.2 } } } }`,
    );
    expect(all).toContain('tunnel-address-outside-subnet tunnels.t.ends.a.address');
    expect(all.filter(one => one.startsWith('tunnel-address'))).toHaveLength(1);
  });

  test('a name that cannot be the native id is said, and a given one is not judged twice', async () => {
    const all = await found(
      `${BASE}hosts: { pbs: { site: home, roles: { pbs: "4.2.3" } } }\ndatastores: { s3: { host: pbs, pth: /mnt }, B: { host: pbs, pth: /mnt }, ab: { host: pbs, name: a, pth: /mnt } }`,
    );
    expect(all.filter(one => one.startsWith('id-unusable'))).toEqual(['id-unusable datastores.s3']);
  });

  test('a trap in a calendar event is a warning as elsewhere', async () => {
    const all = await found(
      `${BASE}hosts: { pbs: { site: home, roles: { pbs: "4.2.3" } } }\ndatastores: { one: { host: pbs, pth: /mnt, gc: { schedule: "*:0/7" } } }`,
    );
    expect(all.includes('calendar-uneven-step datastores.one.gc.schedule')).toBe(true);
  });

  test('and in one that refers to nothing', async () => {
    const all = await found(
      `${BASE}hosts: { pbs: { site: home, roles: { pbs: "4.2.3" } } }\ndatastores: { one: { host: none, path: /mnt, gc: { schedule: "at noon" } } }`,
    );
    expect(all).toEqual([
      'unresolved-reference datastores.one.host',
      'calendar-syntax datastores.one.gc.schedule',
    ]);
  });

  test('that refers to a site and a VLAN by maps, nothing breaks', async () => {
    const all = await found(
      `${BASE}hosts: { pbs: { site: {}, roles: { pbs: 4 }, nics: { a: { vlan: {}, address: 10.0.1.5 } } } }\naccounts: { a: { kind: {} } }\nconstructor: { a: { id: x } }`,
    );
    expect(all).toContain('wrong-type hosts.pbs.nics.a.vlan');
    expect(all).toContain('unknown-key constructor');
  });

  test('and where so much is wrong that nothing is resolved', async () => {
    const all = await found(
      'offsite: 1\ndatastores: { one: { host: none, path: /mnt, gc: { schedule: "at noon" } } }',
    );
    expect(all).toContain('calendar-syntax datastores.one.gc.schedule');
  });
});

test('nothing is concluded from what is left out', async () => {
  const { diagnostics } = await compile({
    file: 't.yaml',
    bytes: Buffer.from(`offsite: 1
sites: { home: { timezone: UTC, vlans: { lan: { subnet: 10.0.0.0/24 } } } }
hosts:
  n1: { site: home, roles: { pve: "9.1.4" }, nics: { a: { vlan: lan, address: 10.0.0.300 } } }
  n2: { site: home, roles: { pve: "9.1.4" } }
  nas: { site: home, roles: { nas: true } }
  mover: { site: home, roles: { linux: true } }
clusters: { pve: { nodes: [n1, n2] } }
guests: { all: { cluster: pve, all: true } }
shares: { raw: { host: nas, path: /raw, mountpoint: /mnt/raw } }
storages: { raw: { cluster: pve, share: raw, via: home/lan, nodes: [n1] } }
buckets: { cloud: { provider: aws, region: eu-central-1, object_lock: {} } }
accounts: { cloud: { kind: s3, secret: cloud } }
flows:
  weekly: { kind: vzdump, from: all, to: raw, via: home/lan, node: n1, schedule: "sun 03:00" }
  cloud: { kind: rclone, from: raw, to: cloud, account: cloud, run_on: mover, via: internet, schedule: "sun 05:00" }
`),
  });
  const codes = diagnostics.map(({ code }) => code);
  expect(codes).toContain('bad-address');
  expect(codes).toContain('missing-key');
  // The node of the job and the flow that mounts the share are there, each with a mistake of its own.
  expect(codes).not.toContain('storage-not-on-node');
  expect(codes).not.toContain('key-without-effect');
});
