/** Reader of JSON files (RFC 8259) that knows the line of every value and refuses repeated names. */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';
import { tokens } from './tokens.ts';

export interface JsonLeaf {
  readonly line: number;
  /** Keys and indices from the root. */
  readonly path: readonly (string | number)[];
  /** A scalar, or an empty list or object, as JSON text: a string keeps its quotes. */
  readonly json: string;
}

export interface JsonDocument {
  readonly text: string;
  readonly leaves: readonly JsonLeaf[];
  readonly errors: readonly ReadError[];
}

interface Open {
  readonly kind: '{' | '[';
  readonly line: number;
  readonly names: Set<string>;
  count: number;
  name: string | undefined;
}

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/** Reads the text; stops at the first fault, as every JSON parser does. */
export function readJson(text: string): JsonDocument {
  const leaves: JsonLeaf[] = [];
  const errors: ReadError[] = [];
  const open: Open[] = [];
  let expected: Expected = 'value';
  const path = (): (string | number)[] =>
    open.map(level => (level.kind === '{' ? (level.name ?? '') : level.count));
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma-or-end');
  for (const { kind, json, line } of tokens(text)) {
    const top = open.at(-1);
    const wantsValue = expected === 'value' || expected === 'value-or-end';
    if (wantsValue && (kind === '{' || kind === '[')) {
      open.push({ kind, line, names: new Set(), count: 0, name: undefined });
      expected = kind === '{' ? 'name-or-end' : 'value-or-end';
    } else if (wantsValue && (kind === 'string' || kind === 'scalar')) {
      leaves.push({ line, path: path(), json });
      expected = afterValue();
    } else if (
      (expected === 'name' || expected === 'name-or-end') &&
      kind === 'string' &&
      top !== undefined
    ) {
      top.name = JSON.parse(json) as string;
      if (top.names.has(top.name)) errors.push({ line, message: `${json} stands twice in one object` });
      top.names.add(top.name);
      expected = 'colon';
    } else if (expected === 'colon' && kind === ':') expected = 'value';
    else if (expected === 'comma-or-end' && kind === ',' && top !== undefined) {
      top.count++;
      expected = top.kind === '{' ? 'name' : 'value';
    } else if (top !== undefined && endsHere(kind, top.kind, expected)) {
      open.pop();
      if (expected !== 'comma-or-end')
        leaves.push({ line: top.line, path: path(), json: top.kind === '{' ? '{}' : '[]' });
      expected = afterValue();
    } else {
      const complete = kind === 'end' && expected === 'nothing';
      if (!complete)
        errors.push({ line, message: kind === 'end' ? 'the text ends too early' : `unexpected ${json}` });
      break;
    }
  }
  return { text, leaves, errors };
}

/** One fact per scalar and per empty list or object: `at` is a JSON Pointer (RFC 6901), the value is JSON text. */
export const jsonFacts = (doc: JsonDocument): ReadFact[] =>
  doc.leaves.map(({ path, json, line }) => ({
    at: path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    value: json.startsWith('"') ? JSON.stringify(JSON.parse(json)) : json,
    line,
  }));

function endsHere(kind: string, opened: '{' | '[', expected: Expected): boolean {
  if (opened === '{') return kind === '}' && (expected === 'comma-or-end' || expected === 'name-or-end');
  return kind === ']' && (expected === 'comma-or-end' || expected === 'value-or-end');
}
