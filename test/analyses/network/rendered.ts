/** A topology with its rendered network files, whose texts a test may spoil. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Facts, factsOf } from '../../../src/analyses/facts.ts';
import { interfacesOf, verdictsOf } from '../../../src/analyses/network/proof.ts';
import type { Verdict } from '../../../src/analyses/network/verdict.ts';
import { lowerGatewaySysctl } from '../../../src/artifacts/gateway-sysctl/lower.ts';
import { KINDS } from '../../../src/artifacts/kinds.ts';
import { lowerStaticRoutes } from '../../../src/artifacts/static-routes/lower.ts';
import { lowerWireguard } from '../../../src/artifacts/wireguard/lower.ts';
import { readTemplates } from '../../../src/load/templates.ts';
import { createRenderer } from '../../../src/render/engine.ts';
import { type RenderedFile, renderAll } from '../../../src/render/render-all.ts';
import { topologyOf } from '../../support/topology.ts';

export interface Rendered {
  readonly facts: Facts;
  readonly files: readonly RenderedFile[];
}

/** Changes the text of a file below out/. */
export type Edit = (path: string, text: string) => string;

const renderer = await createRenderer({ templateTexts: readTemplates(undefined) });

/** Lowers although rules may have errors: the proof must find by itself what they find. */
export function renderNetwork(yaml: string, edit: Edit = (_, text) => text): Rendered {
  const topology = topologyOf(yaml);
  const lowerings = [lowerStaticRoutes, lowerGatewaySysctl, lowerWireguard];
  const artifacts = lowerings.flatMap(lower => lower(topology).artifacts);
  const { files, diagnostics } = renderAll(renderer, KINDS, artifacts);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const edited = files.map(file => ({ ...file, text: edit(file.path, file.text) }));
  return { facts: factsOf(topology), files: edited };
}

/** Replaces in one file; what is to be replaced must be there. */
export const inFile =
  (wanted: string, pattern: RegExp | string, replacement: string): Edit =>
  (path, text) => {
    if (path !== wanted) return text;
    const changed =
      typeof pattern === 'string'
        ? text.replaceAll(pattern, replacement)
        : text.replace(pattern, replacement);
    if (changed === text) throw new Error(`${wanted} has no ${pattern}`);
    return changed;
  };

/** Changes a topology; what is to be replaced must be there. */
export function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
}

export const ROOT = readFileSync(join(import.meta.dirname, '../../../topology.yaml'), 'utf8');

/** `flow \`x\` a: forward leaves-by-default-route`: every fault, sorted. */
export function faultsOf({ facts, files }: Rendered): string[] {
  const lines: string[] = [];
  for (const { connection, fault, backFault } of verdictsOf(facts, files)) {
    const name = `${connection.what.replaceAll('`', '')} ${connection.from.key}`;
    if (fault) lines.push(`${name}: forward ${fault.reason}`);
    if (backFault) lines.push(`${name}: back ${backFault.reason}`);
  }
  return lines.sort();
}

export function verdictOf({ facts, files }: Rendered, what: string, from?: string): Verdict {
  for (const verdict of verdictsOf(facts, files)) {
    const { connection } = verdict;
    if (connection.what === what && (from === undefined || connection.from.key === from)) return verdict;
  }
  throw new Error(`no connection of ${what}`);
}

/** Both ways as text. */
export const waysOf = ({ forward, back }: Verdict): readonly (string | undefined)[] =>
  [forward, back].map(way => way && interfacesOf(way).join(' '));
