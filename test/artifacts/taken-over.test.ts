/** A retired object whose native id an active one has taken over: what stands on the host under it stays. */
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';

const topology = (retired: boolean): string => {
  const old = (text: string): string => (retired ? text : '');
  return `
offsite: 1
sites:
  home: { timezone: UTC, vlans: { lan: { subnet: 10.0.1.0/24, gateway: 10.0.1.1 } } }
  far: { timezone: UTC, vlans: { lan: { subnet: 10.0.2.0/24, gateway: 10.0.2.1 } } }
hosts:
  pve: { site: home, roles: { pve: "9.1.4" }, nics: { vmbr0: { vlan: lan, address: 10.0.1.10, default_route: true } } }
  pbs:
    site: home
    roles: { pbs: "4.2.3" }
    nics: { eno1: { vlan: lan, address: 10.0.1.20, default_route: true } }
    api: { fingerprint: 8d:49:14:83:f2:f4:8c:0c:12:1b:ac:f2:9f:3e:13:33:37:95:fd:fd:97:5b:99:f8:93:55:4e:f4:74:65:02:a8 }
  gw: { site: home, roles: { linux: true, gateway: true }, nics: { wan: { address: 203.0.113.2/29, default_route: true, gateway: 203.0.113.1 }, lan: { vlan: lan, address: 10.0.1.1 } } }
  gw-far: { site: far, roles: { linux: true, gateway: true }, nics: { wan: { dhcp: true, default_route: true }, lan: { vlan: lan, address: 10.0.2.1 } } }
tunnels:
  link: &link
    interface: wg0
    subnet: 10.9.0.0/30
    carries: [home/lan, far/lan]
    ends:
      gw: { address: 10.9.0.1, endpoint: "203.0.113.2:51820", public_key: qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8= }
      gw-far: { address: 10.9.0.2, keepalive: 25s, public_key: duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o= }
${old('  a-link: { <<: *link, state: retired }')}
guests: { all: { cluster: pve, all: true } }
datastores:
  main: &main
    host: pbs
    name: Main
    path: /mnt/main
    retention: { keep_daily: 7, schedule: "05:00" }
    verify: { schedule: "sat 05:00" }
    namespaces: { files: { retention: { keep_daily: 9, schedule: "05:10" } } }
${old('  a-main: { <<: *main, path: /mnt/old, state: retired }')}
  cloud: &cloud { host: pbs, path: /mnt/cloud, s3: { bucket: bucket, account: s3 }, retention: { keep_daily: 7, schedule: "06:00" } }
${old('  a-cloud: { <<: *cloud, name: cloud, state: retired }')}
storages:
  pbs: &pbs { cluster: pve, datastore: main, account: pve, via: home/lan }
${old('  a-pbs: { <<: *pbs, id: pbs, state: retired }')}
buckets: { bucket: { provider: wasabi, region: eu-central-1 } }
accounts:
  pve: { kind: pbs, on: pbs, id: "pve@pbs!pve" }
  s3: { kind: s3, secret: s3 }
flows:
  nightly: &nightly { kind: backup, from: all, to: pbs, via: home/lan, schedule: "01:00" }
${old('  a-nightly: { <<: *nightly, id: nightly, state: retired }')}
`;
};

const compiled = async (text: string) => {
  const {
    rendered,
    files = [],
    diagnostics,
  } = await compile({ bytes: Buffer.from(text), file: 'topology.yaml' });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { removes: rendered?.changes.filter(({ verb }) => verb === 'removes') ?? [], files };
};

test('nothing is removed, and nothing is named otherwise', async () => {
  const [before, after] = [await compiled(topology(false)), await compiled(topology(true))];
  expect(after.removes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
  const [one, other] = [before, after].map(
    ({ files }) => new Map(files.map(({ path, text }) => [path, text])),
  );
  expect(other).toEqual(one);
});

test('two retired ones of one id are removed once', async () => {
  const active = /^ {2}(main|cloud|pbs|nightly|link): (&\w+)( \{)?/gm;
  const text = topology(true).replace(active, (_, key, anchor, flow = '\n    ') =>
    flow === ' {' ? `  ${key}: ${anchor} { state: retired,` : `  ${key}: ${anchor}\n    state: retired`,
  );
  const { removes } = await compiled(text);
  const names = removes.map(({ target, kind, name }) => `${target} ${kind} ${name}`);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(
    expect.arrayContaining([
      'pbs datastore Main',
      'pbs s3-endpoint cloud',
      'pbs prune Main-files',
      'pve storage pbs',
      'pve job nightly',
      'gw tunnel wg0',
    ]),
  );
});
