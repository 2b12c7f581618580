import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { OffsiteTopology } from '../../src/model/spec.ts';
import type { Topology } from '../../src/model/topology.ts';
import { resolve } from '../../src/resolve/resolve.ts';

/** Resolves YAML text without schema validation; the diagnostics of resolve come with it. */
export function resolveText(yaml: string): { topology: Topology; diagnostics: readonly Diagnostic[] } {
  return resolve(parse(yaml, { merge: true }) as OffsiteTopology, []);
}

/** The topology of YAML text that must resolve without errors. */
export function topologyOf(yaml: string): Topology {
  const { topology, diagnostics } = resolveText(yaml);
  const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(error => `${error.code}: ${error.message}`).join('\n'));
  return topology;
}

/** The topology of a file, for example `topology.yaml` of the repository. */
export const topologyOfFile = (file: string): Topology => topologyOf(readFileSync(file, 'utf8'));
