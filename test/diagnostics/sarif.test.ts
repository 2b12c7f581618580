import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { formatMarkdown } from '../../src/diagnostics/format/markdown.ts';
import { formatSarif } from '../../src/diagnostics/format/sarif.ts';
import type { LocatedDiagnostic } from '../../src/diagnostics/located.ts';

const place = { file: 'a b/topology.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };
const finding: LocatedDiagnostic = {
  ...place,
  code: 'unresolved-reference',
  severity: 'error',
  message: 'no tunnel is named `ba*kup`',
  path: ['flows', 'x', 'via'],
  related: [{ ...place, line: 9, message: 'the tunnel' }],
  help: 'did you mean `backup`?',
  secret: false,
};

/** What SARIF 2.1.0 (OASIS standard, §3.13 to §3.30) demands of the parts that are written. */
const region = {
  type: 'object',
  additionalProperties: false,
  required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
  properties: Object.fromEntries(
    ['startLine', 'startColumn', 'endLine', 'endColumn'].map(name => [name, { type: 'integer', minimum: 1 }]),
  ),
};
const location = {
  type: 'object',
  additionalProperties: false,
  required: ['physicalLocation'],
  properties: {
    id: { type: 'integer', minimum: -1 },
    message: { type: 'object', required: ['text'] },
    physicalLocation: {
      type: 'object',
      additionalProperties: false,
      required: ['artifactLocation'],
      properties: {
        artifactLocation: { type: 'object', properties: { uri: { type: 'string', pattern: '^[^ ]*$' } } },
        region,
      },
    },
  },
};
const level = { enum: ['none', 'note', 'warning', 'error'] };
const schema = {
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool'],
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: { driver: { type: 'object', required: ['name'] } },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['message'],
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: -1 },
                level,
                message: { type: 'object', required: ['text'] },
                locations: { type: 'array', items: location },
                relatedLocations: { type: 'array', items: location },
              },
            },
          },
        },
      },
    },
  },
};

test('SARIF has the structure of the standard, the rule that fired and escaped URIs', () => {
  const log = JSON.parse(formatSarif([finding], '1.2.3')) as {
    runs: [{ tool: { driver: { rules: { id: string }[] } } }];
  };
  const valid = new Ajv({ strict: false }).compile(schema);
  expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
  expect(log.runs[0].tool.driver.rules.map(rule => rule.id)).toEqual(['unresolved-reference']);
  expect(JSON.stringify(log)).toContain('a%20b/topology.yaml');
});

test('Markdown has a list per severity; values stay code, other punctuation is inert', () => {
  expect(formatMarkdown([{ ...finding, message: 'a_b `c*d` <e>' }])).toBe(
    '### Errors (1)\n\n' +
      '* `a b/topology.yaml:3` **unresolved-reference**: a\\_b `c*d` \\<e\\>\n' +
      '  * `a b/topology.yaml:9`: the tunnel\n' +
      '  * did you mean `backup`?\n',
  );
  expect(formatMarkdown([])).toBe('No findings.\n');
});
