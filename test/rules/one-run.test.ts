/** One run says all problems: also those that lowering and the proof report, where rules have found errors. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import { type Edit, edited } from '../mutations/mistake.ts';
import { unmarked } from './harness.ts';

const ROOT = readFileSync(new URL('../../topology.yaml', import.meta.url), 'utf8');

/** `severity code: the text that is underlined` */
async function findingsIn(text: string): Promise<string[]> {
  const { diagnostics, source, files } = await compile({ bytes: Buffer.from(text), file: 'topology.yaml' });
  expect(files === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  const lines = text.split('\n');
  return locateAll(diagnostics, source).map(({ code, severity, line, column, endColumn }) => {
    const underlined = [...(lines[line - 1] ?? '')].slice(column - 1, endColumn - 1).join('');
    return `${severity} ${code}: ${underlined}`;
  });
}

/** What is found in the root topology after edits and was not before. */
async function freshAfter(...edits: readonly Edit[]): Promise<string[]> {
  const known = await findingsIn(ROOT);
  return (await findingsIn(edits.reduce(edited, ROOT))).filter(one => !known.includes(one)).toSorted();
}

describe('a schedule that a rule refuses', () => {
  const cron: Edit = ['gc: { schedule: "sat 08:00" }', 'gc: { schedule: "0 8 * * 6" }'];
  const refused = 'error calendar-cron: "0 8 * * 6"';

  test('is said once, although lowering cannot use it, either', async () => {
    expect(await freshAfter(cron)).toEqual([refused]);
  });

  test('hides no property, no pending value and nothing that is only declared', async () => {
    const found = await freshAfter(
      cron,
      ['    direction: pull\n', '    direction: pull\n    properties: { remove-vanish: true }\n'],
      ['    direction: local\n', '    direction: local\n    properties: { worker-threads: 4 }\n'],
      ['uuid: 104d184f-1f7f-4d66-8022-3562a86c1482', 'uuid: pending'],
      [
        'host: nas-home\n    path: /volume1/vzdump',
        'host: nas-home\n    protocol: smb\n    path: /volume1/vzdump',
      ],
    );
    expect(found).toEqual([
      refused,
      'error property-modelled: worker-threads',
      'error unknown-property: remove-vanish',
      'info declared-only: nas-home-vzdump',
      'warning pending-value: pending',
    ]);
  });
});

describe('what is certainly meant otherwise', () => {
  const backup = '    schedule: "01:00"\n    takes: 50m';

  test.each([
    ['24:00', 'calendar-hour-24'],
    ['1', 'calendar-lone-number'],
  ])('`%s` is said, and nothing of the times at which it would run', async (text, code) => {
    const found = await freshAfter([backup, `    schedule: "${text}"\n    takes: 50m`]);
    expect(found).toEqual([`error ${code}: "${text}"`]);
  });
});

test('what lowering refuses does not hide that traffic has no way', async () => {
  const found = await freshAfter(
    ['    direction: pull\n', '    direction: pull\n    properties: { remove-vanish: true }\n'],
    ['    interface: wgbackup\n', '    interface: wgbackup\n    state: planned\n'],
  );
  expect([...new Set(found)]).toEqual([
    'error network-path: backup',
    'error unknown-property: remove-vanish',
  ]);
});

/** Their topologies resolve, and rules refuse most of them. */
const folders = readdirSync(new URL('./', import.meta.url), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => [name, new URL(`./${name}/`, import.meta.url)] as const);

test.each(folders)('lowering fails for nothing that rules refuse: %s', async (_, folder) => {
  for (const file of readdirSync(folder))
    await findingsIn(unmarked(readFileSync(new URL(file, folder), 'utf8')));
});

describe('a network that an end is not on', () => {
  test('is said once for each storage, and not again by the proof, there or at its jobs', async () => {
    const found = await freshAfter([
      '      vmbr1: { kind: bridge, parent: eno2, vlan: storage, address: 10.10.30.12 }\n',
      '',
    ]);
    expect(found.filter(one => one.startsWith('error'))).toEqual([
      'error flow-not-on-via: home/storage',
      'error flow-not-on-via: home/storage',
    ]);
  });

  test('is said at the VLAN where what it lacks is a router', async () => {
    const file = new URL('../topologies/routed-vlans/topology.yaml', import.meta.url);
    const text = edited(readFileSync(file, 'utf8'), [
      'subnet6: "fd61:40::/64", gateway6: "fd61:40::1"',
      'subnet6: "fd61:40::/64"',
    ]);
    const found = await findingsIn(text);
    expect(found.filter(one => one.startsWith('error'))).toEqual([
      'error routed-without-router: servers',
      'error default-route-without-gateway: default_route',
    ]);
  });

  test('is said at the network where that overlaps the one from which it is reached', async () => {
    const file = new URL('../topologies/routed-vlans/topology.yaml', import.meta.url);
    const text = edited(readFileSync(file, 'utf8'), ['subnet: 10.60.30.0/24', 'subnet: 10.60.0.0/18']);
    const errors = (await findingsIn(text)).filter(one => one.startsWith('error'));
    expect([...new Set(errors.map(one => one.split(':')[0]))]).toEqual(['error overlapping-subnets']);
  });

  test.each([
    [
      'an address outside of it',
      'vlan: storage, address: 10.10.30.12 }',
      'vlan: storage, address: 10.10.31.12 }',
      'error address-outside-subnet: 10.10.31.12',
    ],
    [
      'an address that another host has',
      'vlan: storage, address: 10.10.30.12 }',
      'vlan: storage, address: 10.10.30.11 }',
      'error duplicate-address: 10.10.30.11',
    ],
    [
      'the address of the router',
      'vlan: storage, address: 10.10.30.20 }',
      'vlan: storage, address: 10.10.30.1 }',
      'error duplicate-address: 10.10.30.1',
    ],
    [
      'a tunnel that leads into itself',
      'endpoint: "203.0.113.130:51820"',
      'endpoint: "10.10.30.1:51820"',
      'error endpoint-in-tunnel: "10.10.30.1:51820"',
    ],
  ])('%s: that is said, and not what follows from it', async (_, from, to, expected) => {
    const found = await freshAfter([from, to]);
    expect(found.filter(one => one.startsWith('error'))).toEqual([expected]);
  });

  test('two networks that overlap: that is said, at one of the two', async () => {
    const found = await freshAfter([
      'backup: { id: 130, subnet: 10.20.30.0/24, gateway: 10.20.30.1,',
      'backup: { id: 130, subnet: 10.10.0.0/16, gateway: 10.10.40.1,',
    ]);
    expect(found.filter(one => one.includes('network-'))).toEqual([]);
    expect(found.some(one => one.startsWith('error overlapping-subnets'))).toBe(true);
  });

  test('hides no other way that fails', async () => {
    const found = await freshAfter(
      ['      vmbr1: { kind: bridge, parent: eno2, vlan: storage, address: 10.10.30.12 }\n', ''],
      ['    interface: wgbackup\n', '    interface: wgbackup\n    state: planned\n'],
    );
    expect(found).toContain('error flow-not-on-via: home/storage');
    expect(found).toContain('error network-path: backup');
  });
});

describe('what a tunnel carries', () => {
  const carries = 'carries: [home/storage, dc/backup]';

  test.each([
    ['is misspelt', [carries, 'carries: [home/storage, dc/backp]'], 'error unresolved-reference: dc/backp'],
    [
      'is at no such site',
      [carries, 'carries: [hme/storage, dc/backup]'],
      'error unresolved-reference: hme/storage',
    ],
    [
      'has no such end',
      ['      gw-dc:\n        address: 10.99.0.2', '      gw-d:\n        address: 10.99.0.2'],
      'error unresolved-reference: gw-d',
    ],
  ] as const)('%s: that is said, and not what follows from it', async (_, edit, expected) => {
    expect(await freshAfter(edit)).toEqual([expected]);
  });

  test('is none of the networks of its end: said there, once', async () => {
    const found = await freshAfter(['      ens20: { vlan: backup, address: 10.20.30.1 }\n', '']);
    expect(found.filter(one => one.startsWith('error'))).toEqual(['error tunnel-end-not-on-vlan: dc/backup']);
  });

  test('is too little: said where a flow needs it, with what it carries', async () => {
    const found = await freshAfter([carries, 'carries: [home/storage]']);
    expect([...new Set(found)]).toEqual(['error flow-not-on-via: backup']);
  });
});

test.each([
  ['an unknown VLAN', 'storge, address: 10.10.30.11', 'error unresolved-reference: storge'],
  ['an address that is none', 'storage, address: 10.10.30.311', 'error bad-address: 10.10.30.311'],
])('an interface with %s: nothing is said of what it could not be on', async (_, wrong, expected) => {
  const found = await freshAfter([
    'vmbr1: { kind: bridge, parent: eno2, vlan: storage, address: 10.10.30.11 }',
    `vmbr1: { kind: bridge, parent: eno2, vlan: ${wrong} }`,
  ]);
  expect(found).toEqual([expected]);
});
