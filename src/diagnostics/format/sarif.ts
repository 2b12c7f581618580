import { catalogue } from '../catalogue.ts';
import type { LocatedDiagnostic, Location } from '../located.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * SARIF 2.1.0 (OASIS standard), as code-scanning services read it: one run, the rules that fired with their texts, one
 * result per finding. Columns count Unicode code points, which the run declares.
 * @param version of offsite
 */
export function formatSarif(diagnostics: readonly LocatedDiagnostic[], version: string): string {
  const fired = new Set(diagnostics.map(({ code }) => code));
  const rules = catalogue().filter(({ code }) => fired.has(code));
  const indexOf = new Map(rules.map(({ code }, index) => [code, index]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'offsite',
            version,
            rules: rules.map(({ code, severity, summary, why, fix }) => ({
              id: code,
              shortDescription: { text: summary },
              fullDescription: { text: why },
              help: { text: fix },
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        columnKind: 'unicodeCodePoints',
        results: diagnostics.map(one => result(one, indexOf.get(one.code))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result(one: LocatedDiagnostic, ruleIndex: number | undefined): object {
  const text = one.help === undefined ? one.message : `${one.message}\n${one.help}`;
  const related = one.related.map((place, index) => ({
    id: index,
    message: { text: place.message },
    ...at(place),
  }));
  return {
    ruleId: one.code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[one.severity],
    message: { text },
    locations: [at(one)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
  };
}

function at({ file, line, column, endLine, endColumn }: Location): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
