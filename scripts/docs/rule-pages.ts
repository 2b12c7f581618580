/** `docs/rules/`: one page for each diagnostic, and the list of all of them. */
import type { CatalogueEntry } from '../../src/diagnostics/catalogue.ts';
import { code, fence, GENERATED, page, table } from './markdown.ts';

export function* rulePages(
  catalogue: readonly CatalogueEntry[],
): Iterable<readonly [path: string, text: string]> {
  yield ['docs/rules/README.md', index(catalogue)];
  for (const entry of catalogue) yield [`docs/rules/${entry.code}.md`, rulePage(entry)];
}

const index = (catalogue: readonly CatalogueEntry[]): string =>
  page([
    GENERATED,
    '# Diagnostics',
    `Everything that \`offsite\` can report, by code. \`offsite rules CODE\` prints the same pages. The severity is the
usual one; \`policy.severity\` in the topology changes it, except that an error stays an error.`,
    table(
      ['Code', 'Severity', 'What'],
      catalogue.map(({ code: name, severity, summary }) => [`[${name}](${name}.md)`, severity, summary]),
    ),
  ]);

function rulePage({ code: name, severity, summary, why, fix, example }: CatalogueEntry): string {
  return page([
    GENERATED,
    `# ${name}`,
    `${summary} Severity: **${severity}**.`,
    '## Why',
    why,
    '## How to fix',
    fix,
    ...(example === undefined ? [] : ['## Example', 'Reported:', fence('yaml', example.bad)]),
    ...(example?.good === undefined ? [] : ['Not reported:', fence('yaml', example.good)]),
    `[All diagnostics](README.md) · printed by ${code(`offsite rules ${name}`)}`,
  ]);
}
