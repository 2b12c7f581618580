import { describe, expect, it } from 'vitest';
import { groundOf, poolRef } from '../../src/analyses/copy-place.ts';
import { topologyOf } from '../support/topology.ts';

const topology = topologyOf(`
offsite: 1
sites: { home: { timezone: UTC }, far: { timezone: UTC } }
hosts:
  pve: { site: home, roles: { pve: "9.1.4" }, pools: { rpool: { kind: zfs } } }
  node: { site: home, roles: { pve: "9.1.4" } }
  pbs: { site: home, roles: { pbs: "4.2.3" }, guest: { on: pve, vmid: 900 }, pools: { data: { kind: disk, on: pve/rpool } } }
  nested: { site: home, roles: { pbs: "4.2.3" }, guest: { on: duo, vmid: 901 } }
  nas: { site: far, roles: { linux: true }, pools: { tank: { kind: zfs } }, luns: { one: { iqn: "iqn.2000-01.com.example:nas", pool: tank } } }
clusters: { duo: { nodes: [pve, node] } }
datastores:
  disk: { host: pbs, path: /disk, on: pbs/data }
  bare: { host: pbs, path: /bare }
  anywhere: { host: nested, path: /nested }
  lun: { host: pbs, path: /lun, iscsi: { from: nas/one, via: internet, uuid: pending } }
  export: { host: pbs, path: /export, nfs: { from: share, via: internet } }
  carried: { host: pbs, path: /carried, removable: { uuid: pending } }
  cloud: { host: pbs, path: /cloud, s3: { bucket: cloud, account: key } }
shares: { share: { host: nas, path: /tank, pool: tank } }
buckets: { cloud: { provider: wasabi, region: eu-central-1 }, mine: { provider: minio, host: nas, endpoint: 192.0.2.1, region: us-east-1 } }
accounts: { key: { kind: s3, secret: key } }
`);

describe('groundOf', () => {
  it.each([
    ['disk', 'pve/rpool', ['pve'], 'home', false],
    ['bare', undefined, ['pve'], 'home', false],
    ['anywhere', undefined, ['pve', 'node'], 'home', false],
    ['lun', 'nas/tank', ['nas'], 'far', false],
    ['export', 'nas/tank', ['nas'], 'far', false],
    ['carried', undefined, [], 'home', true],
    ['cloud', undefined, [], undefined, false],
  ])('datastore %s lies on %s of %j at %s', (key, pool, machines, site, removable) => {
    const datastore = topology.datastores.get(key);
    if (datastore === undefined) throw new Error(key);
    const ground = groundOf({ kind: 'datastore', datastore, namespace: '' });
    expect(ground.pool && poolRef(ground.pool)).toBe(pool);
    expect(ground.machines.map(host => host.key)).toEqual(machines);
    expect(ground.site?.key).toBe(site);
    expect(ground.removable).toBe(removable);
  });

  it('a bucket of our own lies on its host', () => {
    const bucket = topology.buckets.get('mine');
    if (bucket === undefined) throw new Error('mine');
    expect(groundOf({ kind: 'bucket', bucket, prefix: '' }).site?.key).toBe('far');
  });
});
