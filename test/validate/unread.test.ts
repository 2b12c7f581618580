/** What the schema calls unread is read by nothing, and the comments that it calls rendered are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';
import { expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import { compile } from '../../src/compile.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { applicableSchemas } from '../../src/validate/applicable.ts';
import { refChain, type Schema } from '../../src/validate/schema.ts';

const root = schemaText as unknown as Schema;
const folder = join(import.meta.dirname, '../..');
const files = ['topology.yaml', ...glob.sync('test/topologies/*/topology.yaml', { cwd: folder }).sort()];

type Tree = { [key: string]: unknown };

/** Every map of the data, with the properties that the schema knows there. */
function* maps(
  data: unknown,
): Generator<readonly [map: Tree, properties: readonly (readonly [string, Schema])[]]> {
  const applicable = applicableSchemas(root, data);
  function* walk(value: unknown, path: readonly (string | number)[]): ReturnType<typeof maps> {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) {
      const properties = applicable.at(path).schemas.flatMap(one => Object.entries(one.properties ?? {}));
      yield [value as Tree, properties];
    }
    for (const [key, inner] of Object.entries(value))
      yield* walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
  yield* walk(data, []);
}

const annotation = (schema: Schema, name: string): unknown =>
  refChain(root, schema)
    .map(one => one[name])
    .find(value => value !== undefined);

const dataOf = (file: string): unknown =>
  JSON.parse(JSON.stringify(parseTopology(readFileSync(join(folder, file), 'utf8')).document?.data));

async function resultOf(data: unknown) {
  const { files: out, diagnostics } = await compile({ file: 't', bytes: Buffer.from(JSON.stringify(data)) });
  return {
    files: out?.map(({ path, text }) => [path, text]),
    found: diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

test.each(files)('%s: nothing reads what the schema calls unread', async file => {
  const data = dataOf(file);
  const before = await resultOf(data);
  expect(before.files).toBeDefined();
  let count = 0;
  for (const [map, properties] of maps(data)) {
    for (const [key, schema] of properties) {
      if (annotation(schema, 'x-unread') !== true || key === 'medium') continue;
      map[key] =
        annotation(schema, 'type') === 'boolean' ? true : (annotation(schema, 'examples') as unknown[])[0];
      count++;
    }
  }
  expect(count).toBeGreaterThan(0);
  expect(await resultOf(data)).toEqual(before);
});

test('every other comment is rendered somewhere', async () => {
  const left = new Set<string>();
  const rendered = new Set<string>();
  for (const file of files) {
    const data = dataOf(file);
    const marks = new Map<string, string>();
    for (const [map, properties] of maps(data)) {
      const comment = properties.find(([key]) => key === 'comment')?.[1];
      if (comment === undefined || annotation(comment, 'x-unread') === true) continue;
      const kind = `${map['kind'] ?? Object.keys(map).sort().join(' ')}`;
      const mark = `mark-${marks.size}-`;
      map['comment'] = mark;
      marks.set(mark, kind);
      left.add(kind);
    }
    const text = (await resultOf(data)).files?.map(([, one]) => one).join('\n') ?? '';
    for (const [mark, kind] of marks) if (text.includes(mark)) rendered.add(kind);
  }
  const kinds = [
    'backup',
    'host-backup',
    'pbs',
    'pve',
    'rclone',
    'rsync',
    'smtp',
    'sync',
    'vzdump',
    'webhook',
  ];
  expect(kinds.filter(kind => !rendered.has(kind))).toEqual([]);
  expect(left.size).toBeGreaterThan(kinds.length);
});
