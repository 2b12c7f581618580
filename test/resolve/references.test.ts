/** References that nothing is linked to are names all the same. */
import { expect, test } from 'vitest';
import { createScope } from '../../src/resolve/scope.ts';
import { resolveText } from '../support/topology.ts';

const text = (flow: string, pool = 'pve/rpool') => `
offsite: 1
sites: { home: { timezone: UTC }, bank: { timezone: UTC } }
hosts:
  pve: { site: home, roles: { pve: "9.1.4" }, pools: { rpool: { kind: zfs } } }
  pbs: { site: home, roles: { pbs: "4.2.3" }, guest: { on: pve, vmid: 900, pool: ${pool} }, pools: { usb: { kind: removable } } }
datastores: { shuttle: { host: pbs, path: /shuttle } }
shares: { raw: { host: pve, path: /raw } }
flows: { carried: { kind: carry, ${flow}, via: local } }
`;

const messages = (yaml: string) =>
  resolveText(yaml).diagnostics.map(({ code, message, place, help }) => ({
    code,
    message,
    path: place.kind === 'path' ? place.path.join('.') : '',
    help,
  }));

test.each([
  'from: shuttle, to: bank',
  'from: "shuttle:ns/of", to: bank',
  'from: "raw:dump", to: bank, medium: pbs/usb',
  'from: pve/rpool, to: pbs/usb',
])('%s', flow => {
  expect(messages(text(flow))).toEqual([]);
});

test.each([
  ['from: shuttel, to: bank', 'from', 'no datastore or share is named `shuttel`', 'did you mean `shuttle`?'],
  ['from: raw, to: bnak', 'to', 'no site is named `bnak`', 'did you mean `bank`?'],
  ['from: raw, to: pbs/usp', 'to', 'no pool is named `usp`', 'did you mean `usb`?'],
  ['from: raw, to: bank, medium: pbs/disk', 'medium', 'no pool is named `disk`', 'known: `usb`'],
  ['from: pbx/usb, to: bank', 'from', 'no host is named `pbx`', 'did you mean `pbs`?'],
])('%s', (flow, key, message, help) => {
  expect(messages(text(flow))).toEqual([
    {
      code: 'unresolved-reference',
      message,
      path: `flows.carried.${key}`,
      help: expect.stringContaining(help),
    },
  ]);
});

test('a node where its cluster is meant', () => {
  const yaml = text('from: raw, to: bank').replace(
    'flows: {',
    'clusters: { duo: { nodes: [pve] } }\nguests: { all: { cluster: pve, all: true } }\nflows: {',
  );
  expect(messages(yaml)).toMatchObject([
    {
      code: 'unresolved-reference',
      path: 'guests.all.cluster',
      help: '`pve` is a node of cluster `duo`: name that',
    },
  ]);
});

test('the pool of the system disk of a guest', () => {
  expect(messages(text('from: raw, to: bank', 'pve/rpol'))).toMatchObject([
    { code: 'unresolved-reference', message: 'no pool is named `rpol`', path: 'hosts.pbs.guest.pool' },
  ]);
});

test('accounts and networks of what is not rendered', () => {
  const yaml = text('from: raw, to: bank').replace(
    'flows: {',
    `storages: { vm: { cluster: pve, type: lvmthin, account: nobody, via: nowhere } }
flows: { sent: { kind: zfs-send, from: pve/rpool, to: pbs/usb, account: nobody, via: local },`,
  );
  expect(messages(yaml).map(({ message, path }) => `${path}: ${message}`)).toEqual([
    'storages.vm.account: no account is named `nobody`',
    'storages.vm.via: no tunnel is named `nowhere`',
    'flows.sent.account: no account is named `nobody`',
  ]);
});

test.each(['datastores', 'shares'])('what was left out of %s is no mistake of what carries it', section => {
  const scope = createScope({ offsite: 1, sites: {}, hosts: {} }, [[section, 'gone']]);
  scope.refer('places', new Map([['other', 1]]), 'gone', ['flows', 'carried'], 'from');
  expect(scope.diagnostics).toEqual([]);
});
