/** Names that nothing has are said in one run with whatever else is wrong in the object. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';

const BASE = `offsite: 1
sites: { home: { timezone: UTC, vlans: { lan: { id: 10, subnet: 10.0.0.0/24 } } } }
hosts:
  pbs: { site: home, roles: { pbs: "4.2.3" } }
  pve: { site: home, roles: { pve: "9.1.4" } }
datastores: { main: { host: pbs, path: /mnt/main } }
accounts: { pve: { kind: pbs, on: pbs, id: "pve@pbs!node" } }
storages: { main: { cluster: pve, datastore: main, account: pve, via: internet } }
guests: { all: { cluster: pve, all: true } }
`;

async function found(flows: string): Promise<string[]> {
  const { diagnostics } = await compile({
    file: 't.yaml',
    bytes: Buffer.from(`${BASE}${flows}`),
  });
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, place, help }) => `${code} ${place.kind === 'path' ? place.path.join('.') : ''}: ${help}`);
}

describe('an object with a mistake', () => {
  test('says its other names, too', async () => {
    const all = await found(
      'flows: { f: { kind: backup, from: al, to: mian, via: home/lam, takes: 60, trigger: { after: none } } }',
    );
    expect(all).toContain('unresolved-reference flows.f.from: did you mean `all`?');
    expect(all).toContain('unresolved-reference flows.f.to: did you mean `main`?');
    expect(all).toContain('unresolved-reference flows.f.via: did you mean `home/lan`?');
    expect(all.filter(one => one.startsWith('wrong-type flows.f.takes'))).toHaveLength(1);
  });

  test('says nothing of names that are there, in other objects with mistakes as well', async () => {
    const all = await found(
      'flows: { f: { kind: backup, from: all, to: main, via: internet, takes: 60 }, g: { kind: backup, from: all, to: main, via: internet, takes: 5m, expect_after: f } }',
    );
    expect(all.filter(one => one.startsWith('unresolved-reference'))).toEqual([]);
    expect(all.filter(one => one.startsWith('wrong-type flows.f.takes'))).toHaveLength(1);
  });

  test.each(['PVE', 'Pve'])('what refers to %s by its right name makes no mistake', async name => {
    const { diagnostics } = await compile({
      file: 't.yaml',
      bytes: Buffer.from(
        `${BASE.replace('  pve:', `  ${name}:`)}flows: { f: { kind: backup, from: all, to: main, via: internet, takes: 60 } }`,
      ),
    });
    const codes = diagnostics.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['invalid-name', 'wrong-type']));
    expect(codes).not.toContain('unresolved-reference');
  });

  test('nor of clusters where hosts and clusters may stand', async () => {
    const all = await found(
      'clusters: { both: { nodes: [pve] } }\nnotifications: { n: { kind: gotify, hosts: [both], url: 5 } }',
    );
    expect(all.filter(one => one.startsWith('unresolved-reference notifications'))).toEqual([]);
    expect(all.filter(one => one.startsWith('wrong-type notifications.n.url'))).toHaveLength(1);
  });

  test('a name that is refused for its form is said once', async () => {
    const all = await found('flows: { f: { kind: backup, from: "a l", to: main, via: internet } }');
    expect(all.filter(one => one.includes('flows.f.from'))).toHaveLength(1);
  });
});

test('an object that lacks a key says its other names, too', async () => {
  const all = await found('flows: { f: { kind: backup, from: al, to: main } }');
  expect(all.filter(one => one.startsWith('missing-key flows.f'))).toHaveLength(1);
  expect(all).toContain('unresolved-reference flows.f.from: did you mean `all`?');
});

test('names of parts are said, too', async () => {
  const all = await found(
    'tunnels: { t: { interface: wg0, subnt: 10.9.0.0/30, carries: [home/lam, home/lan], ends: { pbs: {}, pve: {} } } }\nflows: {}',
  );
  expect(all.filter(one => one.startsWith('unresolved'))).toEqual([
    'unresolved-reference tunnels.t.carries.0: did you mean `home/lan`?',
  ]);
});

test('names of parts that stand without their whole are said, too', async () => {
  const { diagnostics } = await compile({
    file: 't.yaml',
    bytes: Buffer.from(`offsite: 1
sites: { home: { timezone: UTC, vlans: { lan: {}, dmz: { mtu: big, routed_from: [lam, lan] } } }, far: { timezone: UTC } }
hosts:
  pbs: { site: home, roles: { pbs: 4 }, nics: { a: { vlan: lam }, b: { vlan: dmz } } }
  far: { site: far, roles: { pbs: 4 }, nics: { a: { vlan: lan } } }
  nas: { site: home, roles: { nas: true }, pools: { rust: { siz: 1 TB } }, luns: { x: { iqn: "iqn.2000-01.com.example:x", pool: rusty }, y: { iqn: "iqn.2000-01.com.example:y", pool: rust } } }
shares: { raw: { host: nas, pth: /raw, pool: rusty }, ok: { host: nas, pth: /raw, pool: rust }, none: { host: none, pth: /raw, pool: rust } }
`),
  });
  const said = diagnostics.filter(({ code }) => code === 'unresolved-reference');
  expect(said.map(({ place, help }) => place.kind === 'path' && `${place.path.join('.')} ${help}`)).toEqual([
    'sites.home.vlans.dmz.routed_from.0 did you mean `lan`?',
    'hosts.pbs.nics.a.vlan did you mean `lan`?',
    'hosts.nas.luns.x.pool did you mean `rust`?',
    'shares.raw.pool did you mean `rust`?',
    'shares.none.host known: `pbs`, `far`, `nas`',
  ]);
});
