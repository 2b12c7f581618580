/**
 * Runs one rule over a fixture and writes what it found under the lines of the fixture:
 *
 *     address: 10.10.10.20
 *     #@[13:24) error duplicate-address: …   columns of the line above, from 0, end exclusive
 *     #@[13:24) related: …                   another place that a finding names
 *     #@ help: …
 *
 * A fixture is a whole topology that the schema accepts and that resolves without errors.
 */
import { readFileSync } from 'node:fs';
import { factsOf } from '../../src/analyses/facts.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import type { LocatedDiagnostic, Location } from '../../src/diagnostics/located.ts';
import { parseTopology } from '../../src/load/parse.ts';
import type { OffsiteTopology } from '../../src/model/spec.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { type Rule, runRules } from '../../src/rules/rule.ts';
import { topologyValidators, validate } from '../../src/validate/validate.ts';

const schemaFile = new URL('../../schema/topology.schema.json', import.meta.url);
const validators = topologyValidators(() => JSON.parse(readFileSync(schemaFile, 'utf8')));

export interface Judged {
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** As the rule gave them, before they were located. */
  readonly raw: readonly Diagnostic[];
}

/** What some rules say of a topology. Throws when it has other errors: a fixture shows one thing. */
export async function judge(text: string, rules: readonly Rule[]): Promise<Judged> {
  const parsed = parseTopology(text);
  if (parsed.document === undefined) throw new Error(describe(parsed.diagnostics));
  const validated = await validate(parsed.document, validators);
  const { topology, diagnostics } = resolve(validated.data as unknown as OffsiteTopology, validated.poisoned);
  const errors = [...parsed.diagnostics, ...validated.diagnostics, ...diagnostics].filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0) throw new Error(describe(errors));
  const raw = runRules(rules, factsOf(topology));
  return { diagnostics: locateAll(raw, { file: 'fixture', text, index: parsed.document.index }), raw };
}

const describe = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n');

const MARKER = /^\s*#@.*\n/gm;

/** The fixture without its markers. */
export const unmarked = (text: string): string => text.replaceAll(MARKER, '');

/** The fixture with markers for what was found; equal to the fixture when the rule says what it expects. */
export function marked(text: string, diagnostics: readonly LocatedDiagnostic[]): string {
  const lines = text.split('\n');
  const notes = new Map<number, string[]>();
  const note = (line: number, marker: string) => {
    notes.set(line, [...(notes.get(line) ?? []), `${indentOf(lines[line - 1] ?? '')}#@${marker}`]);
  };
  for (const { code, severity, message, related, help, ...at } of diagnostics) {
    note(at.line, `${range(at)} ${severity} ${code}: ${message}`);
    if (help !== undefined) note(at.line, ` help: ${help}`);
    for (const other of related) note(other.line, `${range(other)} related: ${other.message}`);
  }
  return lines.flatMap((line, index) => [line, ...new Set(notes.get(index + 1) ?? [])]).join('\n');
}

const range = ({ column, endColumn }: Location): string => `[${column - 1}:${endColumn - 1})`;
const indentOf = (line: string): string => /^ */.exec(line)?.[0] ?? '';
