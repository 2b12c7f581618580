/** A section that is indented into another one is one mistake. */
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';

const BASE = `offsite: 1
sites:
  home: { timezone: UTC }
hosts:
  pbs: { site: home, fqdn: pbs.example.com, roles: { pbs: "4.2.3" }, api: { fingerprint: pending } }
  pve: { site: home, roles: { pve: "9.1.4" } }
tunnels: {}
guests:
  all: { cluster: pve, all: true }
  some: { cluster: pve, ids: [100] }
accounts:
  node: { kind: pbs, on: pbs, id: "pve@pbs!node" }
datastores:
  main: { host: pbs, path: /mnt/main }
storages:
  main: { cluster: pve, datastore: main, account: node, via: internet }
flows:
  nightly: { kind: backup, from: all, to: main, via: internet, schedule: "01:00" }
`;

async function errorsOf(text: string): Promise<string[]> {
  const { diagnostics } = await compile({ file: 't.yaml', bytes: Buffer.from(text) });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

const indented = (section: string): string =>
  BASE.replace(
    new RegExp(`^${section}:\\n(?: .*\\n)+`, 'm'),
    block => block.replace(/^/gm, '  ').trimEnd() + '\n',
  );

test('the base has no errors', async () => expect(await errorsOf(BASE)).toEqual([]));

test.each([
  [
    'its name alone',
    BASE.replace('guests:', '  guests:').replace('tunnels: {}', 'tunnels:'),
    'guests',
    'tunnels',
  ],
  ['all of it', indented('guests').replace('tunnels: {}', 'tunnels:'), 'guests', 'tunnels'],
  ['behind others', indented('accounts'), 'accounts', 'guests'],
  ['one that must be there', BASE.replace('hosts:', '  hosts:'), 'hosts', 'sites'],
])('%s', async (_name, text, name, around) => {
  expect(await errorsOf(text)).toEqual([
    `"${name}" is a section of the topology, and stands inside "${around}"`,
  ]);
});

test('what is called like a section is judged as what it is', async () => {
  const text = BASE.replace('  pve: {', '  secrets: { site: hom, roles: { linux: true }, bad: 1 }\n  pve: {');
  expect(await errorsOf(text)).toContain('unknown key "bad" in "secrets"');
});

test('an object that is indented into the one before it is no unknown name', async () => {
  const text = BASE.replace(
    '  all: { cluster: pve, all: true }\n  some: { cluster: pve, ids: [100] }\n',
    '  some:\n    cluster: pve\n    ids: [100]\n    all-of-them:\n    size: 1 TB\n',
  ).replace('from: all', 'from: all-of-them');
  expect(await errorsOf(text)).toEqual(['unknown key "all-of-them" in "some"']);
});
