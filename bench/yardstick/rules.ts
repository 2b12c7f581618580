/**
 * All rules, and the proof of the network over the rendered files: prints the milliseconds that they take of one
 * compilation, each cold, as for a user.
 *
 * `node bench/yardstick/rules.ts TOPOLOGY`
 */
import { readFileSync } from 'node:fs';
import schema from '../../schema/topology.schema.json' with { type: 'json' };
import { factsOf } from '../../src/analyses/facts.ts';
import { lower } from '../../src/artifacts/index.ts';
import { KINDS } from '../../src/artifacts/kinds.ts';
import { decodeTopology } from '../../src/load/decode.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { readTemplates } from '../../src/load/templates.ts';
import type { OffsiteTopology } from '../../src/model/spec.ts';
import { createRenderer } from '../../src/render/engine.ts';
import { renderAll } from '../../src/render/render-all.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { RULES } from '../../src/rules/index.ts';
import { prove } from '../../src/rules/network-rules.ts';
import { runRules } from '../../src/rules/rule.ts';
import type { Schema } from '../../src/validate/schema.ts';
import { topologyValidators, validate } from '../../src/validate/validate.ts';

async function main(file: string): Promise<void> {
  const decoded = decodeTopology(readFileSync(file), { maxBytes: Number.MAX_SAFE_INTEGER });
  const document = decoded.ok ? parseTopology(decoded.text).document : undefined;
  if (document === undefined) throw new Error('not parsed');
  const validated = await validate(
    document,
    topologyValidators(() => schema as Schema),
  );
  const { topology } = resolve(validated.data as unknown as OffsiteTopology, validated.poisoned);
  const facts = factsOf(topology);
  const renderer = await createRenderer({ templateTexts: readTemplates(undefined) });

  const start = performance.now();
  const found = runRules(RULES, facts);
  const between = performance.now();
  const { files } = renderAll(renderer, KINDS, lower(facts).artifacts);
  const proving = performance.now();
  const proved = prove(facts, files);
  const end = performance.now();

  const errors = [...found, ...proved].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`${errors.length} errors, such as: ${errors[0]?.message}`);
  console.log(between - start + end - proving);
}

await main(process.argv[2] ?? '');
