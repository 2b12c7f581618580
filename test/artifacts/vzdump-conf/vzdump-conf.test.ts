import { describe, expect, test } from 'vitest';
import { lowerVzdumpConf } from '../../../src/artifacts/vzdump-conf/lower.ts';
import { kind } from '../../../src/artifacts/vzdump-conf/verify.ts';
import { topologyOf } from '../../support/topology.ts';
import { deployment, said, texts } from '../pve-storage/pve.ts';

const yaml = (flows: string) =>
  deployment(`
shares:
  raw: { host: nas, path: /volume1/raw }
  smb: { host: nas, path: /volume1/smb, protocol: smb }
  own: { host: node-a, path: /srv/dump, protocol: none }
storages:
  raw: { cluster: duo, share: raw, via: home/storage }
  smb: { cluster: duo, share: smb, via: home/storage }
  own: { cluster: duo, share: own, via: local }
flows:
${flows}`);
const lowered = (flows: string) => lowerVzdumpConf(topologyOf(yaml(flows)));
const flow = (more: string) => `kind: vzdump, via: home/storage, schedule: "01:00", ${more}`;
const DEFAULT = 'tmpdir: /var/tmp\n';

test.each([
  [
    'unprivileged containers to NFS, on every node',
    'from: containers, to: raw',
    { 'node-a': DEFAULT, 'node-b': DEFAULT },
  ],
  ['the same to SMB', 'from: containers, to: smb', { 'node-a': DEFAULT, 'node-b': DEFAULT }],
  ['to a directory of the node', 'from: containers, to: own', {}],
  ['guests without unprivileged containers', 'from: all, to: raw', {}],
  ['a flow bound to a node', 'from: containers, to: raw, node: node-b', { 'node-b': DEFAULT }],
  ['a planned flow', 'from: containers, to: raw, state: planned', {}],
  [
    'a declared directory wins over the default',
    'from: all, to: own, tmpdir: /scratch',
    { 'node-a': 'tmpdir: /scratch\n', 'node-b': 'tmpdir: /scratch\n' },
  ],
])('%s', async (_, more, expected) => {
  const part = lowered(`  job: { ${flow(more)} }`);
  expect(await texts(part, kind)).toEqual(expected);
  expect(part.diagnostics).toEqual([]);
});

test('the artifact is one key of a file that the node owns', () => {
  const [artifact] = lowered(`  job: { ${flow('from: containers, to: raw')} }`).artifacts;
  expect(artifact).toMatchObject({
    target: 'node-a',
    folder: 'merge',
    path: '/etc/vzdump.conf',
    ownership: 'keys',
    mode: '0644',
    owner: 'root',
    group: 'root',
  });
  expect(artifact?.facts).toEqual([
    {
      at: 'tmpdir',
      value: '/var/tmp',
      causes: [
        ['guests', 'containers', 'unprivileged_containers'],
        ['flows', 'job'],
      ],
    },
  ]);
});

test.each([
  ['/mnt/pve/raw/tmp', ['tmpdir-on-network']],
  ['/mnt/pve/raw', ['tmpdir-on-network']],
  ['/mnt/pve/smb/a/b', ['tmpdir-on-network']],
  ['/mnt/pve/rawer', []],
  ['/srv/dump/tmp', []],
  ['/var/tmp', []],
])('a declared directory %s', (tmpdir, codes) => {
  const { diagnostics } = lowered(`  job: { ${flow(`from: all, to: own, tmpdir: ${tmpdir}`)} }`);
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
});

describe('two flows on one node', () => {
  const two = (a: string, b: string) =>
    lowered(
      `  a: { ${flow(`from: containers, to: raw${a}`)} }\n  b: { ${flow(`from: containers, to: raw${b}`)} }`,
    );
  test.each([
    ['', ', tmpdir: /scratch'],
    [', tmpdir: /scratch', ''],
    [', tmpdir: /scratch', ', tmpdir: /scratch'],
  ])('a default gives way: "%s" and "%s"', async (a, b) => {
    const part = two(a, b);
    expect(part.diagnostics).toEqual([]);
    expect(await texts(part, kind)).toEqual({
      'node-a': 'tmpdir: /scratch\n',
      'node-b': 'tmpdir: /scratch\n',
    });
    expect(part.needs.map(({ target, kind: what, name }) => `${target} ${what} ${name}`)).toEqual([
      'node-a directory /scratch',
      'node-b directory /scratch',
    ]);
  });
  test('two wishes', () => {
    expect(said(two(', tmpdir: /x', ', tmpdir: /y').diagnostics)).toEqual([
      'error tmpdir-conflict flows.b.tmpdir:value: `node-b` cannot have both "/x" and "/y" as `tmpdir`',
    ]);
    expect(two(', tmpdir: /x, node: node-a', ', tmpdir: /y, node: node-b').diagnostics).toEqual([]);
  });
});

test('a node that others run gets a note', () => {
  const text = yaml(`  job: { ${flow('from: containers, to: raw')} }`).replace(
    'node-b:\n    site: home',
    'node-b:\n    site: home\n    managed: false',
  );
  const part = lowerVzdumpConf(topologyOf(text));
  expect(part.artifacts.map(({ target }) => target)).toEqual(['node-a']);
  expect(part.external.map(({ name, blocks }) => [name, blocks[0]?.text])).toEqual([
    ['node-b', 'tmpdir: /var/tmp'],
  ]);
});
