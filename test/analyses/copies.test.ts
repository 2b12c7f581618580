import { describe, expect, it } from 'vitest';
import { type Copy, copiesOf } from '../../src/analyses/copies.ts';
import { placeKey } from '../../src/analyses/copy-place.ts';
import { topologyOf } from '../support/topology.ts';

const text = (flows: string, storage = '', buckets = '') => `
offsite: 1
sites: { home: { timezone: UTC }, far: { timezone: UTC } }
hosts:
  pbs: { site: home, roles: { pbs: "4.2.3" } }
  pve: { site: home, roles: { pve: "9.1.4" } }
  nas: { site: home, roles: { linux: true } }
  vault: { site: far, roles: { linux: true } }
datastores: { a: { host: pbs, path: /a }, b: { host: pbs, path: /b }, c: { host: pbs, path: /c } }
shares: { dumps: { host: nas, path: /tank }, far: { host: vault, path: /srv } }
buckets: { cold: { provider: backblaze, region: eu-central-003${buckets} } }
guests: { all: { cluster: pve, all: true }, some: { cluster: pve, ids: [100, 205] } }
accounts:
  pve: { kind: pbs, on: pbs, id: "pve@pbs!node" }
  copier: { kind: pbs, on: pbs, id: copier@pbs }
  in: { kind: ssh, on: vault, user: recv, public_key: pending, secret: ssh }
  key: { kind: s3, secret: key }
storages:
  a: { cluster: pve, datastore: a, account: pve, via: local${storage} }
  raw: { cluster: pve, share: "dumps:pve", via: internet }
flows:
  nightly: { kind: backup, from: all, to: a, via: local, schedule: "01:00" }
  ${flows}
`;
const sync = (from: string, to: string, more = '') =>
  `{ kind: sync, direction: local, from: "${from}", to: "${to}", owner: copier, via: local${more} }`;
const found = (yaml: string): readonly Copy[] => copiesOf(topologyOf(yaml));
const places = (yaml: string) => found(yaml).map(({ flow, place }) => `${flow.key} → ${placeKey(place)}`);

describe('copiesOf', () => {
  it('ends on a ring of syncs', () => {
    const ring = `ab: ${sync('a', 'b:x')}\n  bc: ${sync('b', 'c')}\n  ca: ${sync('c', 'a:y', ', max_depth: 1')}`;
    const all = places(text(ring));
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('nightly → datastore a:');
    expect(all).toContain('ab → datastore b:x');
    expect(all).toContain('bc → datastore c:x');
    expect(all).toContain('ca → datastore a:y/x');
  });

  it('maps namespaces and stops at the depth of a sync', () => {
    const flows = `ab: ${sync('a', 'b:x/y')}\n  deep: ${sync('b', 'c', ', max_depth: 2')}\n  flat: ${sync('b', 'c:z', ', max_depth: 1')}`;
    expect(places(text(flows))).toEqual([
      'nightly → datastore a:',
      'ab → datastore b:x/y',
      'deep → datastore c:x/y',
    ]);
  });

  it('follows files from the dump directory to share and bucket', () => {
    const flows = `raw: { kind: vzdump, from: all, to: raw, via: internet, schedule: "02:00" }
  away: { kind: rsync, from: "dumps:pve", to: "far:in", account: in, via: internet, schedule: "03:00" }
  cold: { kind: rclone, from: dumps, to: "cold:p", account: key, via: internet, schedule: "04:00" }
  none: { kind: rclone, from: "dumps:pv", to: "cold:q", account: key, via: internet, schedule: "05:00" }`;
    expect(places(text(flows)).slice(1)).toEqual([
      'raw → share dumps:pve/dump',
      'away → share far:in/dump',
      'cold → bucket cold:p/pve/dump',
    ]);
  });

  it.each([
    ['type:host', 'all', []],
    ['type:vm', 'all', ['some of it']],
    ['exclude:type:host', 'all', ['some of it']],
    ['group:vm/100', 'some', ['some of it']],
    ['group:vm/300', 'some', []],
    ['regex:^vm/', 'some', ['all of it']],
  ])('filters: %s of guests `%s`', (filter, guests, expected) => {
    const yaml = text(`ab: ${sync('a', 'b', `, groups: ["${filter}"]`)}`).replace(
      'from: all',
      `from: ${guests}`,
    );
    const copied = found(yaml).filter(({ flow }) => flow.key === 'ab');
    expect(copied.map(({ partial }) => (partial ? 'some of it' : 'all of it'))).toEqual(expected);
  });

  it('knows what is encrypted and drops the rest where only that is wanted', () => {
    const flows = `ab: ${sync('a', 'b', ', encrypted_only: true')}`;
    expect(places(text(flows))).toHaveLength(1);
    const encrypted = found(text(flows, ', encryption_key: k'));
    expect(encrypted.map(copy => copy.encrypted)).toEqual([true, true]);
  });

  it.each([
    ['', true],
    [', versioning: true', false],
  ])('a bucket%s follows deletions: %s', (bucket, deletable) => {
    const flows = `raw: { kind: vzdump, from: all, to: raw, via: internet, schedule: "02:00" }
  cold: { kind: rclone, from: dumps, to: cold, account: key, propagate_deletions: true, via: internet, schedule: "04:00" }`;
    expect(found(text(flows, '', bucket)).at(-1)?.deletable).toBe(deletable);
  });

  it('leaves out what is switched off, and names the owner', () => {
    const flows = `ab: ${sync('a', 'b', ', disabled: true')}\n  ac: ${sync('a', 'c')}`;
    expect(found(text(flows)).map(({ owner }) => owner)).toEqual(['pve@pbs!node', 'copier@pbs']);
  });
});
