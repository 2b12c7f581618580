import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compile } from '../../src/compile.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';

const here = import.meta.dirname;

export interface CompleteTopology {
  readonly name: string;
  readonly file: string;
  /** Directory with the expected output. */
  readonly out: string;
}

/** The complete topologies of the tests, and the root topology with the committed `out/`. */
export const completeTopologies: readonly CompleteTopology[] = [
  { name: 'root', file: join(here, '../../topology.yaml'), out: join(here, '../../out') },
  ...readdirSync(here, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => ({ name, file: join(here, name, 'topology.yaml'), out: join(here, name, 'out') })),
];

const compiled = new Map<string, Promise<Compilation>>();

/** Compiles a complete topology, once per test file. */
export function compiledTopology({ file }: CompleteTopology): Promise<Compilation> {
  let found = compiled.get(file);
  if (found === undefined) {
    found = compile({ bytes: readFileSync(file), file: 'topology.yaml' });
    compiled.set(file, found);
  }
  return found;
}

/** Diagnostics as lines `LINE:COLUMN severity code: message`. */
export function diagnosticLines({ diagnostics, source }: Compilation): string {
  return locateAll(diagnostics, source)
    .map(({ line, column, severity, code, message }) => `${line}:${column} ${severity} ${code}: ${message}\n`)
    .join('');
}
