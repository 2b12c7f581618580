/** The part of JSON Schema that `schema/topology.schema.json` uses, and how its types are named for people. */
import { code } from './markdown.ts';

export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly 'x-hint'?: string;
  readonly 'x-quote'?: boolean | string;
  /** Kind of object that a name refers to: `host`, `vlan|tunnel`. */
  readonly 'x-ref'?: string;
}

export type Definitions = Readonly<Record<string, SchemaNode>>;

/** Name of the definition that a reference leads to. */
export const refName = ({ $ref }: SchemaNode): string | undefined => $ref?.replace('#/$defs/', '');

export const definitionOf = (node: SchemaNode, definitions: Definitions): SchemaNode => {
  const name = refName(node);
  const found = name === undefined ? undefined : definitions[name];
  if (name !== undefined && found === undefined) throw new Error(`no definition ${name}`);
  return found ?? node;
};

/** Whether a node has a section of its own: an object with known keys, or a choice of such objects. */
export const isSection = ({ properties, oneOf }: SchemaNode): boolean =>
  properties !== undefined || oneOf !== undefined;

export const link = (name: string): string => `[${name}](#${name.toLowerCase().replace(/[^a-z0-9_-]/g, '')})`;

/** `list of [host](#host)`, `` `a`, `b` ``, `integer 1–65535`; `own` is the title of the node's own section. */
export function typeText(node: SchemaNode, definitions: Definitions, own: string): string {
  const name = refName(node);
  if (name !== undefined) return link(name);
  if (node.const !== undefined) return literal(node.const);
  if (node.enum) return node.enum.map(literal).join(', ');
  const choices = (node.anyOf ?? node.oneOf)?.filter(choice => choice.type ?? choice.$ref ?? choice.const);
  if (choices && choices.length > 0 && !node.properties) {
    return choices.map(choice => typeText(choice, definitions, own)).join(' or ');
  }
  if (node.items) return `list of ${typeText(node.items, definitions, own)}`;
  if (typeof node.additionalProperties === 'object') {
    return `map of ${typeText(node.additionalProperties, definitions, own)}`;
  }
  if (node.properties) return link(own);
  return `${node.type ?? 'any'}${rangeText(node)}`;
}

const literal = (value: unknown): string => code(String(value));

export function rangeText({ minimum, maximum }: SchemaNode): string {
  if (minimum === undefined && maximum === undefined) return '';
  if (maximum === undefined) return ` from ${minimum}`;
  return minimum === undefined ? ` to ${maximum}` : ` ${minimum}–${maximum}`;
}
