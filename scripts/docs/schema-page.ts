/** `docs/schema.md`: every key of a topology. */
import { stringify } from 'yaml';
import { code, GENERATED, page, table } from './markdown.ts';
import {
  type Definitions,
  definitionOf,
  isSection,
  rangeText,
  refName,
  type SchemaNode,
  typeText,
} from './schema-node.ts';

export function schemaPage(schema: SchemaNode): string {
  const definitions = schema.$defs ?? {};
  const sections = sectionsOf(schema, definitions);
  const scalars = Object.entries(definitions).filter(([, node]) => !isSection(node));
  return page([
    GENERATED,
    '# The topology file',
    `Every key of \`topology.yaml\`. Keys in **bold** are required. Maps are keyed by names of your own, in any order.
Types that are links stand [further below](#types).`,
    ...sections.flatMap(({ title, node, level }) => section(title, node, level, definitions)),
    '## Types',
    table(
      ['Type', 'What', 'Form', 'Examples'],
      scalars.map(([name, node]) => [
        `<a id="${name.toLowerCase()}"></a>${name}`,
        node.description ?? '',
        node['x-hint'] ??
          `${node.enum ? typeText(node, definitions, name) : (node.type ?? '')}${rangeText(node)}`,
        (node.examples ?? []).map(value => example(value, node)).join(', '),
      ]),
    ),
  ]);
}

interface Section {
  readonly title: string;
  readonly node: SchemaNode;
  readonly level: number;
}

/** Objects in the order in which keys lead to them; those without a name of their own below their owner. */
function sectionsOf(schema: SchemaNode, definitions: Definitions): Section[] {
  const found = new Map<string, Section>();
  const visit = (title: string, node: SchemaNode, level: number): void => {
    if (found.has(title)) return;
    if (isSection(node)) found.set(title, { title, node, level });
    for (const choice of node.oneOf ?? []) follow(title, choice, level);
    for (const [key, property] of Object.entries(node.properties ?? {}))
      follow(`${title}.${key}`, property, level);
  };
  const follow = (title: string, node: SchemaNode, level: number): void => {
    const name = refName(node);
    if (name !== undefined) {
      const target = definitionOf(node, definitions);
      if (isSection(target)) later.push(() => visit(name, target, 2));
    } else if (node.items) follow(title, node.items, level);
    else if (typeof node.additionalProperties === 'object') follow(title, node.additionalProperties, level);
    else for (const choice of node.anyOf ?? []) follow(title, choice, level);
    if (node.properties) visit(title, node, 3);
  };
  const later: (() => void)[] = [];
  visit('topology', schema, 2);
  for (let next = later.shift(); next !== undefined; next = later.shift()) next();
  return [...found.values()];
}

function section(title: string, node: SchemaNode, level: number, definitions: Definitions): string[] {
  const heading = `${'#'.repeat(level)} ${title}`;
  const description = node.description ?? '';
  if (!node.properties) {
    const kinds = (node.oneOf ?? []).map(choice => `- ${typeText(choice, definitions, title)}`).join('\n');
    return [heading, `${description} One of:`, kinds];
  }
  const rows = Object.entries(node.properties).map(([key, property]) => {
    const target = definitionOf(property, definitions);
    const fallback = property.default ?? target.default;
    return [
      node.required?.includes(key) ? `**${code(key)}**` : code(key),
      typeText(property, definitions, `${title}.${key}`),
      unitOf(key, property),
      fallback === undefined ? '' : example(fallback, target),
      exampleOf(key, property, definitions),
      property.description ?? target.description ?? '',
    ];
  });
  return [heading, description, table(['Key', 'Type', 'Unit', 'Default', 'Example', 'What'], rows)];
}

/** Units that a value is written with. */
const WRITTEN: Readonly<Record<string, string>> = {
  duration: 's, m, h, d, w',
  size: 'B, KB … PB, KiB … PiB',
  rate: 'as sizes, per second',
  percent: '%',
};

/** Units of plain numbers. */
const PLAIN: Readonly<Record<string, string>> = {
  mtu: 'bytes',
  underlay_mtu: 'bytes',
  max_depth: 'levels',
  put_rate: 'requests per second',
  expire: 'seconds since 1970',
  gc_cache_capacity: 'digests',
  read_threads: 'threads',
  verify_threads: 'threads',
  worker_threads: 'threads',
  default_verification_workers: 'threads',
  default_verification_readers: 'threads',
  transfer_last: 'snapshots',
  max_delete: 'files',
};

function unitOf(key: string, node: SchemaNode): string {
  if (key.startsWith('keep_') && key !== 'keep_all') return 'snapshots';
  return WRITTEN[refName(node) ?? ''] ?? PLAIN[key] ?? '';
}

/** Examples for keys whose schema has none. */
const FREE: Readonly<Record<string, unknown>> = {
  device: 'rpool/data',
  encryption_fingerprint: '05:3c:…:9f',
  escrow: ['paper-safe'],
  exclude: ['*.tmp'],
  from: 'backups',
  groups: ['type:vm'],
  held_by: ['pbs-home', 'password-store'],
  initiator_name: 'iqn.1993-08.org.debian:01:pbs-home',
  pool: 'production',
  port: 8443,
  properties: { 'native-name': 'value' },
  pruned_by: 'nobody',
  shared_with: ['guests'],
  timezone: 'Europe/Berlin',
  to: 'vault',
  url: 'https://push.example.com',
  username: 'backup@example.com',
};

function exampleOf(key: string, property: SchemaNode, definitions: Definitions): string {
  const target = definitionOf(property, definitions);
  if (isSection(target) || typeof target.additionalProperties === 'object') {
    return key === 'properties' ? example(FREE[key], target) : '';
  }
  const value = exampleValue(property, target, definitions) ?? FREE[key];
  return value === undefined ? '' : example(value, target);
}

function exampleValue(property: SchemaNode, target: SchemaNode, definitions: Definitions): unknown {
  const [given] = property.examples ?? [];
  if (given !== undefined) return given;
  const [general] = target.examples ?? [];
  if (general !== undefined) return general;
  const items = property.items ?? target.items;
  if (items) {
    const item = exampleValue(items, definitionOf(items, definitions), definitions);
    return item === undefined ? undefined : [item];
  }
  const [choice] = target.anyOf ?? [];
  if (choice) return exampleValue(choice, definitionOf(choice, definitions), definitions);
  if (target.const !== undefined) return target.const;
  if (target.enum) return target.enum.find(value => value !== target.default);
  const fallback = property.default ?? target.default;
  if (target.type === 'boolean') return fallback !== true;
  return fallback ?? (target.type === 'integer' && target.maximum !== 65535 ? target.minimum : undefined);
}

/** A value as one writes it in the topology. */
function example(value: unknown, node: SchemaNode): string {
  if (typeof value === 'string' && node['x-quote']) return code(JSON.stringify(value));
  return code(
    stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim(),
  );
}
