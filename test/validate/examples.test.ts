/** What the schema gives as examples is taken by the schema, and names what the root topology has. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import { lintCalendarEvent } from '../../src/calendar/lint.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { pbsRole } from '../../src/proxmox/pbs-roles.ts';
import { isSupported, parseVersion } from '../../src/proxmox/version.ts';
import { newAjv } from '../../src/validate/ajv.ts';
import { refChain, type Schema } from '../../src/validate/schema.ts';

const root = schemaText as unknown as Schema;

/** Every schema that has examples, with its JSON pointer. */
function* exemplified(node: unknown, at: string): Generator<readonly [at: string, schema: Schema]> {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray((node as Schema).examples)) yield [at, node as Schema];
  for (const [key, value] of Object.entries(node))
    if (key !== 'examples') yield* exemplified(value, `${at}/${key}`);
}

const all = [...exemplified(root, '')];
const cases = all.flatMap(([at, schema]) =>
  (schema.examples ?? []).map(example => [at, example, schema] as const),
);

describe('each example', () => {
  const ajv = newAjv({ allErrors: false });
  ajv.addSchema({ ...root, $id: 'topology' });

  test.each(cases)('%s %j is valid', (at, example) => {
    const pointer = at.split('/').map(encodeURIComponent).join('/');
    const validate = ajv.compile({ $ref: `topology#${pointer}` });
    expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
  });
});

type Names = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const topology = parseTopology(readFileSync(new URL('../../topology.yaml', import.meta.url), 'utf8')).document
  ?.data as unknown as Names;

const namesOf = (collection: string): string[] => Object.keys(topology[collection] ?? {});
const inner = (collection: string, part: string, prefixed: boolean): string[] =>
  Object.entries(topology[collection] ?? {}).flatMap(([key, object]) =>
    Object.keys((object as Names)[part] ?? {}).map(name => (prefixed ? `${key}/${name}` : name)),
  );

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  account: namesOf('accounts'),
  bucket: namesOf('buckets'),
  cluster: [...namesOf('clusters'), ...namesOf('hosts')],
  datastore: namesOf('datastores'),
  flow: namesOf('flows'),
  guests: namesOf('guests'),
  host: namesOf('hosts'),
  lun: [...inner('hosts', 'luns', true), ...inner('hosts', 'luns', false)],
  pool: [...inner('hosts', 'pools', true), ...inner('hosts', 'pools', false)],
  share: namesOf('shares'),
  site: namesOf('sites'),
  storage: namesOf('storages'),
  vlan: [...inner('sites', 'vlans', true), ...inner('sites', 'vlans', false)],
  'vlan|tunnel': [...inner('sites', 'vlans', true), ...namesOf('tunnels')],
};

describe('each reference', () => {
  const references = cases.flatMap(([at, example, schema]) => {
    const kind = refChain(root, schema)
      .map(one => one['x-ref'])
      .find(one => one !== undefined);
    return kind === undefined ? [] : [[at, String(kind), String(example).split(':')[0]!] as const];
  });

  test.each(references)('%s: a %s %s is in the root topology', (_, kind, name) => {
    expect(KNOWN[kind]).toContain(name);
  });

  test('has an example of its own, since that of all names would name something else', () => {
    const bare: string[] = [];
    const walk = (node: unknown, at: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('x-ref' in node && !('examples' in node)) bare.push(at);
      for (const [key, value] of Object.entries(node)) walk(value, `${at}/${key}`);
    };
    walk(root, '');
    expect(bare).toEqual([]);
  });
});

const examplesAt = (suffix: string): unknown[] =>
  cases.flatMap(([at, example]) => (at.endsWith(suffix) ? [example] : []));

test('versions are supported ones of their product', () => {
  for (const product of ['pve', 'pbs'] as const) {
    const texts = examplesAt(`/roles/properties/${product}`);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      const version = parseVersion(String(text));
      expect(version && isSupported(product, version), `${product} ${text}`).toBe(true);
    }
  }
});

test('roles and ids are those of their product', () => {
  const grants = '/grants/items/properties/role';
  expect(
    examplesAt(`/pbsAccount/properties${grants}`).every(role => pbsRole(String(role)) !== undefined),
  ).toBe(true);
  expect(examplesAt(`/pveAccount/properties${grants}`).every(role => /^PVE[A-Z]/.test(String(role)))).toBe(
    true,
  );
  expect(examplesAt('/pbsAccount/properties/id').join(' ')).toMatch(/@pbs/);
  expect(examplesAt('/pveAccount/properties/id').join(' ')).toMatch(/@(?:pve|pam)/);
});

test('calendar events have no traps', () => {
  expect(examplesAt('/calendar').flatMap(text => lintCalendarEvent(String(text)))).toEqual([]);
});
