/** What retired objects leave where nothing is rendered, or where a step had made it: each is named. */
import { expect, test } from 'vitest';
import { factsOf } from '../../src/analyses/facts.ts';
import { lower } from '../../src/artifacts/index.ts';
import { topologyOf } from '../support/topology.ts';

/** @param state of all that may be gone. */
const topology = (state: string): string => `
offsite: 1
sites:
  home: { timezone: UTC, vlans: { lan: { subnet: 10.0.1.0/24, gateway: 10.0.1.1 } } }
  far: { timezone: UTC, vlans: { lan: { subnet: 10.0.2.0/24, gateway: 10.0.2.1 } } }
hosts:
  pve: { site: home, roles: { pve: "9.1.4" }, nics: { vmbr0: { vlan: lan, address: 10.0.1.10, default_route: true } } }
  pve-theirs: { site: home, managed: false, roles: { pve: "9.1.4" }, nics: { vmbr0: { vlan: lan, address: 10.0.1.11, default_route: true } } }
  pbs: { site: home, roles: { pbs: "4.2.3" }, initiator_name: "iqn.1993-08.org.debian:01:pbs", nics: { eno1: { vlan: lan, address: 10.0.1.20, default_route: true } }, api: { public_ca: true } }
  pbs-theirs: { site: far, managed: false, roles: { pbs: "4.2.3" }, nics: { eno1: { vlan: lan, address: 10.0.2.20, default_route: true } }, api: { public_ca: true } }
  nas: { site: home, roles: { nas: true }, os: dsm, work_dir: /volume1/offsite, nics: { eth0: { vlan: lan, address: 10.0.1.30, default_route: true } }, luns: { lun: { iqn: "iqn.2000-01.com.synology:nas.lun" } } }
  files: { site: home, roles: { linux: "13" }, nics: { eth0: { vlan: lan, address: 10.0.1.40, default_route: true } } }
  box: { site: far, managed: false, roles: { linux: "13" }, nics: { eth0: { vlan: lan, address: 10.0.2.40, default_route: true } }, ssh: { host_key: pending } }
  gw: { site: home, roles: { linux: true, gateway: true }, nics: { wan: { address: 203.0.113.2/29, default_route: true, gateway: 203.0.113.1 }, lan: { vlan: lan, address: 10.0.1.1 } } }
  gw-theirs: { site: far, managed: false, roles: { gateway: true }, nics: { wan: { dhcp: true, default_route: true }, lan: { vlan: lan, address: 10.0.2.1 } } }
tunnels:
  link:
    state: ${state}
    interface: wg0
    subnet: 10.9.0.0/30
    carries: [home/lan, far/lan]
    ends:
      gw: { address: 10.9.0.1, endpoint: "203.0.113.2:51820", public_key: qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8= }
      gw-theirs: { address: 10.9.0.2, keepalive: 25s, public_key: duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o= }
guests: { all: { cluster: pve, all: true }, theirs: { cluster: pve-theirs, all: true } }
datastores:
  main: { host: pbs, path: /mnt/main }
  lun: { state: ${state}, host: pbs, path: /mnt/lun, iscsi: { from: nas/lun, via: home/lan, uuid: 0f2b3c4d-1111-4222-8333-444455556666 } }
  cloud: { state: ${state}, host: pbs, path: /mnt/cloud, s3: { bucket: bucket, account: key } }
  theirs: { host: pbs-theirs, path: /mnt/theirs }
shares:
  raw: { state: ${state}, host: nas, path: /volume1/raw }
  served: { state: ${state}, host: files, path: /srv/raw }
  copy: { host: box, path: /srv/copy, protocol: none }
  here: { host: nas, path: /volume1/here, protocol: none }
storages:
  raw: { state: ${state}, cluster: pve, share: raw, via: home/lan }
  served: { state: ${state}, cluster: pve, share: served, via: home/lan }
  theirs: { state: ${state}, cluster: pve-theirs, datastore: main, account: theirs, via: home/lan }
buckets: { bucket: { state: ${state}, provider: wasabi, region: eu-central-1 } }
accounts:
  key: { kind: s3, state: ${state}, secret: key }
  theirs: { kind: pbs, on: pbs, id: "theirs@pbs!pve" }
  push: { kind: pbs, state: ${state}, on: pbs-theirs, id: "home@pbs!push" }
  box: { kind: pbs, on: pbs-theirs, id: "box@pbs!etc" }
  own: { kind: pbs, on: pbs, id: "own@pbs!etc" }
  pull: { kind: pbs, on: pbs, id: "far@pbs!pull" }
  in: { kind: ssh, state: ${state}, on: box, user: recv, public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDAV4MFz7LiBNNlQXLg8X6OSQyYb4zyfxcrVWCN66d76, secret: ssh-in }
  nas-in: { kind: ssh, state: ${state}, on: nas, user: recv, public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMH26kix8MCbIYJZgwEkJPFh5/EkAJnONFa7Q7KFmmmE, secret: ssh-nas-in }
flows:
  theirs: { state: ${state}, kind: backup, from: theirs, to: theirs, via: home/lan, schedule: "01:00" }
  push: { state: ${state}, kind: sync, direction: push, from: main, to: theirs, account: push, via: link, schedule: "02:00" }
  pull: { state: ${state}, kind: sync, direction: pull, from: main, to: theirs, account: pull, via: link, schedule: "03:00" }
  etc: { kind: host-backup, from: pbs, to: main, account: own, paths: { etc: /etc }, via: local, schedule: "05:00" }
  chain: { state: ${state}, kind: sync, direction: local, from: main, to: lun, via: local, trigger: { after: etc } }
  box: { state: ${state}, kind: host-backup, from: box, to: theirs, account: box, paths: { etc: /etc }, via: far/lan, schedule: "05:00" }
  copy: { state: ${state}, kind: rsync, from: here, to: copy, account: in, via: link, schedule: "04:00" }
`;

const lowered = (state: string) => lower(factsOf(topologyOf(topology(state))));

test('notes for whoever runs the rest', () => {
  const isGone = ({ isGone: gone }: { readonly isGone?: true }): boolean => gone === true;
  expect(lowered('active').external.filter(isGone)).toEqual([]);
  const notes = lowered('retired').external.filter(isGone);
  expect(notes.map(({ name, title }) => `${name}: ${title}`).toSorted()).toEqual([
    'box: To remove: SSH key in of recv',
    'box: To remove: flow box',
    'bucket: To remove: bucket bucket',
    'bucket: To remove: key key',
    'gw-theirs: To remove: end of WireGuard tunnel link',
    'nas: To remove: NFS export /volume1/raw',
    'nas: To remove: permission of pbs for iSCSI target iqn.2000-01.com.synology:nas.lun',
    'pbs-theirs: To remove: account home@pbs',
    'pbs-theirs: To remove: account home@pbs!push',
    'pbs-theirs: To remove: remote pbs',
    'pbs-theirs: To remove: rights of what is retired',
    'pbs-theirs: To remove: sync job pull',
    'pve-theirs: To remove: backup job theirs',
    'pve-theirs: To remove: storage theirs',
  ]);
});

test('no step says that it relies on them', () => {
  const texts = lowered('retired').steps.flatMap(({ text }) => text);
  expect(texts.filter(text => text.includes('To remove'))).toEqual([]);
});

test('a host that we render stops exporting, and a NAS lets a key in no more', () => {
  const { steps } = lowered('retired');
  const of = (title: string) => steps.find(step => step.title === title);
  expect(of('Stop exporting what is retired')).toMatchObject({
    target: 'files',
    phase: 'finish',
    check: ['! test -s /etc/exports.d/offsite-storages.exports', '! test -s /etc/exports.d/offsite.exports'],
  });
  expect(of('Let account nas-in in no more')).toMatchObject({
    target: 'nas',
    check: [
      '! grep -qsF AAAAC3NzaC1lZDI1NTE5AAAAIMH26kix8MCbIYJZgwEkJPFh5/EkAJnONFa7Q7KFmmmE /var/services/homes/recv/.ssh/authorized_keys',
    ],
  });
});

test('the unit of a sync that another flow started goes with its job', () => {
  const { changes } = lowered('retired');
  const removed = changes.filter(({ target, verb }) => target === 'pbs' && verb === 'removes');
  expect(removed.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining(['unit offsite-chain', 'sync chain']),
  );
});
