/** An editor completes and explains every key: each has a description, and a value to start from. */
import { expect, test } from 'vitest';
import schema from '../../schema/topology.schema.json' with { type: 'json' };

interface Node {
  readonly [keyword: string]: unknown;
}
const defs = (schema as unknown as { $defs: Record<string, Node> }).$defs;
const target = (node: Node): Node => {
  const name = typeof node['$ref'] === 'string' ? node['$ref'].slice('#/$defs/'.length) : undefined;
  return name === undefined ? node : { ...target(defs[name] ?? {}), ...node };
};

function* keys(node: Node, at: string): Generator<readonly [at: string, node: Node]> {
  for (const [key, value] of Object.entries((node['properties'] ?? {}) as Record<string, Node>)) {
    yield [`${at}.${key}`, target(value)];
    if (value['$ref'] === undefined) yield* keys(value, `${at}.${key}`);
  }
  for (const part of ['additionalProperties', 'items'] as const) {
    const inner = node[part];
    if (typeof inner === 'object' && inner !== null && !('$ref' in inner))
      yield* keys(inner as Node, `${at}.*`);
  }
}

const all = [
  ...keys(schema as unknown as Node, 'topology'),
  ...Object.entries(defs).flatMap(([name, def]) => [...keys(def, name)]),
];

test('every key is described', () => {
  expect(all.filter(([, node]) => typeof node['description'] !== 'string').map(([at]) => at)).toEqual([]);
});

test('every key that holds a value shows one: an example, a default, or what may be chosen', () => {
  const shows = ['examples', 'default', 'enum', 'const', 'properties', 'additionalProperties', 'oneOf'];
  const bare = all.filter(
    ([, node]) => node['type'] !== 'boolean' && !shows.some(keyword => keyword in node),
  );
  expect(bare.map(([at]) => at)).toEqual([]);
});
