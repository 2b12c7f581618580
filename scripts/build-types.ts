/**
 * Writes `src/model/spec.ts`, the types of a topology as it is written, from `schema/topology.schema.json`.
 * `--check` writes nothing and fails when the file is not up to date.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { reportStale } from './freshness.ts';

const TARGET = 'src/model/spec.ts';
const schema = simplified(JSON.parse(readFileSync('schema/topology.schema.json', 'utf8'))) as Parameters<
  typeof compile
>[0];

/**
 * What says nothing about types but makes the generator write numbered copies of them: what stands beside a `$ref`,
 * and alternatives that only differ in which keys are required.
 */
function simplified(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(simplified);
  if (typeof node !== 'object' || node === null) return node;
  if ('$ref' in node && typeof node.$ref === 'string') return { $ref: node.$ref };
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !((key === 'anyOf' || key === 'oneOf') && value.every(isOnlyRequired)))
      .map(([key, value]) => [key, simplified(value)]),
  );
}

function isOnlyRequired(branch: object): boolean {
  return Object.keys(branch).join() === 'required';
}

const generated = await compile(schema, 'OffsiteTopology', {
  additionalProperties: false,
  unreachableDefinitions: true,
  // Else a list that must not be empty becomes a tuple, which no `map` or `filter` gives.
  ignoreMinAndMaxItems: true,
  bannerComment:
    '// Made by scripts/build-types.ts from schema/topology.schema.json: change the schema, not this file.',
  format: false,
});
const text = execFileSync('node_modules/.bin/biome', ['format', `--stdin-file-path=${TARGET}`], {
  input: generated,
  encoding: 'utf8',
  stdio: ['pipe', 'pipe', 'ignore'],
});

if (process.argv.includes('--check')) process.exitCode = reportStale([[TARGET, text]]);
else writeFileSync(TARGET, text);
