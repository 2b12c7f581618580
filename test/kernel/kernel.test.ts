/** Complete topologies in network namespaces: the rendered files make every connection work, by the declared way. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seenByInternet } from './internet.ts';
import { mustRunIn } from './namespaces.ts';
import { kernelUnavailable } from './requirements.ts';
import { connectionsOf } from './traffic.ts';
import { type ConnectionKey, faultsOf, kernelVerdicts, keyOf, type Verdict, verdictsIn } from './verdict.ts';
import { inWorld, type World } from './world.ts';

const root = join(import.meta.dirname, '../..');
const LIMIT_MS = 120_000;

/** Some with one connection whose way is written out here, so that the derivation of ways is judged too. */
const TOPOLOGIES: readonly { file: string; flow?: string; path?: string }[] = [
  {
    file: 'topology.yaml',
    flow: 'flow home-to-dc: pbs-dc → pbs-home',
    path: 'pbs-dc:ens19 gw-dc:ens20 gw-dc:wgbackup gw-home:wgbackup gw-home:lan0.30 pbs-home:ens19',
  },
  {
    file: 'test/topologies/hub-three-spokes/topology.yaml',
    flow: 'flow till-files: till → vault',
    path: 'till:eno1 gw-madrid:eth1 gw-madrid:wg-hq gw-hq:wg-branch gw-hq:enp3s0 vault:bond0',
  },
  {
    file: 'test/topologies/ipv6-only/topology.yaml',
    flow: 'flow pull-prod: pbs-b → pbs-a',
    path: 'pbs-b:eno2 gw-b:lan1 gw-b:wg6 gw-a:wg6 gw-a:trunk.32 pbs-a:eno2',
  },
  {
    file: 'test/topologies/mesh-five-sites/topology.yaml',
    flow: 'flow graz-to-cork: pbs-cork → pbs-graz',
    path: 'pbs-cork:eno2 gw-cork:lan1 gw-cork:wg-mesh gw-graz:wg0 gw-graz:igb1 pbs-graz:eno2',
  },
  { file: 'test/topologies/old-versions/topology.yaml' },
  { file: 'test/topologies/pbs-on-nas/topology.yaml' },
  { file: 'test/topologies/push-instead-of-pull/topology.yaml' },
  {
    file: 'test/topologies/routed-vlans/topology.yaml',
    flow: 'flow nightly: pve-2 → pbs-office',
    path: 'pve-2:vmbr1 gw-office:lan0.30 gw-office:lan0.40 pbs-office:eno2',
  },
  { file: 'test/topologies/s3-zoo/topology.yaml' },
  {
    file: 'test/kernel/topologies/beside-the-switch.yaml',
    flow: 'flow lease: pve-lease → pbs-hall',
    path: 'pve-lease:vmbr0 @router-hall:r2 @router-hall:r0 pbs-hall:eno2',
  },
  {
    file: 'test/kernel/topologies/routers-of-their-own.yaml',
    flow: 'flow copy: pbs-barn → pbs-servers',
    path: 'pbs-barn:eno1 gw-backup:lan40 gw-backup:lan30 pbs-servers:eno1',
  },
];

interface Observed {
  readonly world: Pick<World, 'topology' | 'files' | 'connections'>;
  readonly verdicts: ReadonlyMap<ConnectionKey, Verdict>;
  readonly internet: { readonly tunnel: number; readonly cleartext: number };
  /** Bytes that each tunnel end received from and sent to its peers while the verdicts were made. */
  readonly transfers: ReadonlyMap<string, number>;
}

describe.skipIf(kernelUnavailable()).each(TOPOLOGIES)('$file', ({ file, flow, path }) => {
  let observed: Promise<Observed> | undefined;
  const observe = (): Promise<Observed> => {
    observed ??= inWorld(readFileSync(join(root, file), 'utf8'), {}, lookAt);
    return observed;
  };

  test('every connection works in both directions, by the declared interfaces and no other', {
    timeout: LIMIT_MS,
  }, async () => {
    const { world, verdicts } = await observe();
    expect(faultsOf(verdicts)).toEqual([]);
    expect([...verdicts.keys()].sort()).toEqual([...new Set(world.connections.map(keyOf))].sort());
    for (const { connection, path } of verdicts.values()) {
      expect(path.slice(0, 1)).toEqual(connection.expected.slice(0, 1));
    }
    if (flow === undefined) return;
    expect(verdicts.get(flow)?.path.join(' ')).toBe(path);
    expect(verdicts.get(flow)?.backPath.toReversed().join(' ')).toBe(path);
  });

  test('between the sites the internet sees packets of the tunnels only', { timeout: LIMIT_MS }, async () => {
    const { world, internet, transfers } = await observe();
    // A flow between sites that is declared to go over the internet brings its own encryption.
    const { flows } = world.topology;
    const open = [...flows.values()].some(({ kind, via }) => kind === 'sync' && via.kind === 'internet');
    if (!open) expect(internet.cleartext).toBe(0);
    if (world.topology.tunnels.size > 0) expect(internet.tunnel).toBeGreaterThan(100);
    for (const bytes of transfers.values()) expect(bytes).toBeGreaterThan(100_000);
  });

  test('flows, storages and mounts of the topology all have a connection', {
    timeout: LIMIT_MS,
  }, async () => {
    const { topology } = (await observe()).world;
    const subjects = new Set(connectionsOf(topology).map(({ subject }) => subject));
    for (const { key, state, kind, via } of topology.flows.values()) {
      if (state !== 'active' || kind === 'carry' || (kind === 'sync' && via.kind === 'local')) continue;
      expect(subjects).toContain(`flow ${key}`);
    }
    for (const { key, state, backing } of topology.storages.values()) {
      if (state === 'active' && backing.kind !== 'opaque') expect(subjects).toContain(`storage ${key}`);
    }
    for (const { key, backing } of topology.datastores.values()) {
      if (backing.kind === 'iscsi' || backing.kind === 'nfs') expect(subjects).toContain(`datastore ${key}`);
    }
  });

  test('the addresses are those of the rendered files', { timeout: LIMIT_MS }, async () => {
    const { files, connections } = (await observe()).world;
    for (const connection of connections) {
      const { from, address, name = address } = connection;
      const targets = [`${from.key}/`, `${from.cluster?.target ?? from.key}/`, `_external/${from.key}.md`];
      const texts = [...files].filter(([file]) => targets.some(target => file.startsWith(target)));
      const named = texts.some(([, text]) => text.includes(name));
      expect(named, `${keyOf(connection)} at ${name}`).toBe(true);
    }
  });
});

async function lookAt(world: World): Promise<Observed> {
  const verdicts = await verdictsIn(world);
  const transfers = new Map<string, number>();
  const used = new Set([...verdicts.values()].flatMap(({ path }) => path));
  for (const tunnel of world.topology.tunnels.values()) {
    for (const { host, interface: name } of tunnel.ends) {
      if (!used.has(`${host.key}:${name}`)) continue;
      const shown = await mustRunIn(world.host(host.key), ['wg', 'show', name, 'transfer']);
      const numbers = [...shown.matchAll(/\t(\d+)/g)].map(([, number]) => Number(number));
      transfers.set(
        host.key,
        numbers.reduce((sum, number) => sum + number, 0),
      );
    }
  }
  return { world, verdicts, transfers, internet: await seenByInternet(world) };
}

test.skipIf(kernelUnavailable())(
  'who follows a note for an end of a tunnel is let in, preshared key and all',
  {
    timeout: LIMIT_MS,
  },
  async () => {
    const text = readFileSync(join(root, 'test/topologies/mesh-five-sites/topology.yaml'), 'utf8');
    const shared = text.replace('    kind: mesh\n', '    kind: mesh\n    preshared_key: psk-mesh\n');
    expect(shared).not.toBe(text);
    expect(faultsOf(await kernelVerdicts(shared))).toEqual([]);
  },
);
