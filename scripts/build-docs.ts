/**
 * Writes the reference pages below `docs/`: `rules/` from the catalogue of diagnostics, `schema.md` from the schema.
 * `--check` writes nothing and fails when a page is not up to date, or when one is left over.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { catalogue } from '../src/diagnostics/catalogue.ts';
import { rulePages } from './docs/rule-pages.ts';
import type { SchemaNode } from './docs/schema-node.ts';
import { schemaPage } from './docs/schema-page.ts';
import { reportStale } from './freshness.ts';

const RULES = 'docs/rules';
const schema = JSON.parse(readFileSync('schema/topology.schema.json', 'utf8')) as SchemaNode;
const pages = new Map([['docs/schema.md', schemaPage(schema)], ...rulePages(catalogue())]);

mkdirSync(RULES, { recursive: true });
const leftOver = readdirSync(RULES)
  .map(name => `${RULES}/${name}`)
  .filter(path => !pages.has(path));

if (process.argv.includes('--check')) {
  for (const path of leftOver) console.error(`${path} is about a code that does not exist`);
  process.exitCode = reportStale([...pages]) || (leftOver.length > 0 ? 1 : 0);
} else {
  for (const path of leftOver) rmSync(path);
  for (const [path, text] of pages) writeFileSync(path, text);
}
