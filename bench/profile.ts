/**
 * Where one compilation of a synthetic topology spends its time, phase by phase, in this process and from source.
 *
 * `node bench/profile.ts [--growth] [N …]`; with `node --cpu-prof` functions can be looked at, too.
 * Each phase runs once, cold, as it does for a user. Times are those of the processor (all threads, so with the
 * collection of garbage), which a busy machine disturbs less. `--growth` adds the exponent of growth from one N to the next.
 */
import { parseArgs } from 'node:util';
import schema from '../schema/topology.schema.json' with { type: 'json' };
import { factsOf } from '../src/analyses/facts.ts';
import { lower } from '../src/artifacts/index.ts';
import { KINDS } from '../src/artifacts/kinds.ts';
import { manifestFile } from '../src/artifacts/manifest.ts';
import { decodeTopology } from '../src/load/decode.ts';
import { parseTopology } from '../src/load/parse.ts';
import { readTemplates } from '../src/load/templates.ts';
import type { OffsiteTopology } from '../src/model/spec.ts';
import { createRenderer } from '../src/render/engine.ts';
import { renderAll, sortedByPath } from '../src/render/render-all.ts';
import { resolve } from '../src/resolve/resolve.ts';
import { RULES } from '../src/rules/index.ts';
import { runRules } from '../src/rules/rule.ts';
import type { Schema } from '../src/validate/schema.ts';
import { topologyValidators, validate } from '../src/validate/validate.ts';
import { syntheticTopology } from './generate.ts';

type Timed = Map<string, number>;

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds by phase, in the order of the phases. */
async function profile(hosts: number): Promise<Timed> {
  const times: Timed = new Map();
  const timed = <T>(phase: string, run: () => T): T => {
    const start = processorTime();
    const result = run();
    times.set(phase, processorTime() - start);
    return result;
  };
  const bytes = Buffer.from([...syntheticTopology({ hosts })].join(''));
  const maxBytes = Number.MAX_SAFE_INTEGER;
  const decoded = timed('decode', () => decodeTopology(bytes, { maxBytes }));
  if (!decoded.ok) throw new Error('not decoded');
  const { document } = timed('parse', () => parseTopology(decoded.text));
  if (document === undefined) throw new Error('not parsed');
  const validators = topologyValidators(() => schema as Schema);
  const validating = processorTime();
  const validated = await validate(document, validators);
  times.set('validate', processorTime() - validating);
  const resolved = timed('resolve', () =>
    resolve(validated.data as unknown as OffsiteTopology, validated.poisoned),
  );
  const facts = factsOf(resolved.topology);
  timed('routes', () => facts.routes);
  timed('access', () => facts.access);
  timed('namespaces', () => facts.namespaces);
  const found = timed('rules', () => runRules(RULES, facts));
  const lowered = timed('lower', () => lower(facts));
  const loading = processorTime();
  const renderer = await createRenderer({ templateTexts: readTemplates(undefined) });
  times.set('templates', processorTime() - loading);
  const rendered = timed('render + verify', () => renderAll(renderer, KINDS, lowered.artifacts));
  const manifest = timed('manifest', () => manifestFile(lowered, sortedByPath(rendered.files)));
  const all = [
    validated.diagnostics,
    resolved.diagnostics,
    found,
    lowered.diagnostics,
    rendered.diagnostics,
  ].flat();
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const length = rendered.files.reduce((sum, { text }) => sum + text.length, manifest.text.length);
  console.error(
    `${hosts} hosts: ${bytes.length} bytes in, ${rendered.files.length + 1} files with ${length} characters out, ` +
      `${all.length} diagnostics, ${errors} of them errors`,
  );
  times.set(
    'all',
    [...times.values()].reduce((sum, one) => sum + one, 0),
  );
  return times;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { growth: { type: 'boolean', default: false } },
  });
  const sizes = positionals.length === 0 ? [1000] : positionals.map(Number);
  const results: Timed[] = [];
  for (const hosts of sizes) results.push(await profile(hosts));
  const cells = (phase: string): string[] =>
    results.flatMap((times, index) => {
      const ms = times.get(phase) ?? 0;
      const before = results[index - 1]?.get(phase);
      const growth = Math.log(ms / (before ?? ms)) / Math.log((sizes[index] ?? 1) / (sizes[index - 1] ?? 1));
      return [ms.toFixed(1), ...(values.growth && before !== undefined ? [growth.toFixed(2)] : [])];
    });
  const heads = sizes.flatMap((hosts, index) => [
    `${hosts} hosts, ms`,
    ...(values.growth && index > 0 ? ['exponent'] : []),
  ]);
  const rows = [
    ['phase', ...heads],
    ['---', ...heads.map(() => '---:')],
  ];
  for (const phase of results[0]?.keys() ?? []) rows.push([phase, ...cells(phase)]);
  console.log(rows.map(row => `| ${row.join(' | ')} |`).join('\n'));
}

await main();
