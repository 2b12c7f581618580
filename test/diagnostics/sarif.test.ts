import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatSarif } from '../../src/diagnostics/format/sarif.ts';
import type { LocatedDiagnostic } from '../../src/diagnostics/located.ts';
import { main } from '../../src/main.ts';
import { emptyDirectory, writeTree } from '../emit/tree.ts';
import { completeTopologies } from '../topologies/load.ts';
import { finding } from './sample.ts';
import { type Log, refusals } from './sarif-schema.ts';

const logOf = (...findings: readonly LocatedDiagnostic[]): Log =>
  JSON.parse(formatSarif(findings, '1.2.3')) as Log;

/** What `offsite check` prints in a directory with these files. */
async function check(cwd: string, ...args: readonly string[]): Promise<Log> {
  let text = '';
  const io = {
    cwd,
    env: {},
    terminal: { stdout: false, stderr: false },
    stdout: (more: string) => {
      text += more;
    },
    stderr: () => {},
    stdin: () => new Uint8Array(),
  };
  await main(['check', '--format', 'sarif', ...args], io);
  return JSON.parse(text) as Log;
}

async function checkText(topology: string, ...args: readonly string[]): Promise<Log> {
  const directory = emptyDirectory();
  writeTree(directory, { 'topology.yaml': topology, 'own/pbs-sync/pbs-sync.hbs': '{{#if wrong}}\n' });
  return check(directory, ...args);
}

/** Each result names the rule that its index points at: the schema cannot say so. */
function expectLinked({ runs: [{ tool, results }] }: Log): void {
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
}

function expectSound(log: Log): void {
  expect(refusals(log)).toEqual([]);
  expectLinked(log);
}

test('SARIF has the rule that fired and escaped URIs', () => {
  const log = logOf(finding);
  expectSound(log);
  expect(log.runs[0].tool.driver.rules.map(rule => rule.id)).toEqual(['unresolved-reference']);
  expect(JSON.stringify(log)).toContain('a%20b/topology.yaml');
});

describe('the schema takes what `check` prints', () => {
  test.each(completeTopologies)('of $name', async ({ file, out }) => {
    const log = await check(import.meta.dirname, '-t', file, '-o', out);
    expectSound(log);
    expect(log.runs[0].results.length).toBeGreaterThan(0);
  });

  const root = readFileSync(completeTopologies[0]!.file, 'utf8');
  const cases: readonly (readonly [what: string, topology: string, code: string, ...args: string[]])[] = [
    ['files that are not there', root, 'out-stale', '-o', 'none'],
    ['two keys of one name', 'offsite: 1\nsites: {}\nsites: {}\nhosts: {}\n', 'yaml-duplicate-key'],
    ['a text that does not parse', 'offsite: 1\nsites: { home: [\n', 'yaml-syntax'],
    ['an empty text', '', 'yaml-empty'],
    ['a place without an end', 'offsite: 1\nsites:\n', 'missing-key'],
    ['a text that is not ASCII', 'offsite: 1\nnäme: "𝄞 größer"\nsites: {}\nhosts: {}\n', 'unknown-key'],
    ['a suppression of nothing', `${root}\n# offsite: allow dst-gap\n`, 'allow-without-reason'],
    ['a mistake in a template', root, 'template-syntax', '--templates', 'own'],
  ];
  test.each(cases)('for %s', async (_, topology, code, ...args) => {
    const log = await checkText(topology, ...args);
    expectSound(log);
    expect(log.runs[0].results.map(({ ruleId }) => ruleId)).toContain(code);
  });
});

test('what is suppressed is no result', async () => {
  const topology = (comment: string) =>
    'offsite: 1\nsites: { home: { timezone: UTC } }\nhosts: { one: { site: home, roles: { linux: true } } }\n' +
    `secrets:\n  spare: { held_by: [safe] }${comment}\n`;
  const codes = async (text: string) => {
    const log = await checkText(text);
    expectSound(log);
    return log.runs[0].results.map(({ ruleId }) => ruleId);
  };
  expect(await codes(topology(''))).toContain('secret-unused');
  expect(await codes(topology(' # offsite: allow secret-unused – for next year'))).not.toContain(
    'secret-unused',
  );
});

test('columns count what `columnKind` says: code points, also behind characters of two units', async () => {
  const line = 'sites: { home: { timezone: UTC, comment: "𝄞 ä", tz: UTC } }';
  const log = await checkText(`offsite: 1\n${line}\nhosts: {}\n`);
  const result = log.runs[0].results.find(({ ruleId }) => ruleId === 'unknown-key');
  const { startColumn, endColumn } = result!.locations[0]!.physicalLocation.region;
  expect(log.runs[0].columnKind).toBe('unicodeCodePoints');
  expect([...line].slice(startColumn - 1, endColumn - 1).join('')).toBe('tz');
});

describe('the schema refuses', () => {
  const mistakes: readonly (readonly [what: string, spoil: (log: Log) => unknown])[] = [
    ['another version', log => Object.assign(log, { version: '2.0.0' })],
    ['a schema that is no URI', log => Object.assign(log, { $schema: 'sarif.json' })],
    ['a level of ours', log => Object.assign(log.runs[0].results[0]!, { level: 'info' })],
    ['a result without message', log => Reflect.deleteProperty(log.runs[0].results[0]!, 'message')],
    ['a key of ours', log => Object.assign(log.runs[0].results[0]!, { path: ['flows'] })],
    ['an index below -1', log => Object.assign(log.runs[0].results[0]!, { ruleIndex: -2 })],
    ['columns in bytes', log => Object.assign(log.runs[0], { columnKind: 'utf8Bytes' })],
    ['a line 0', log => Object.assign(regionOf(log), { startLine: 0 })],
    ['a column 0', log => Object.assign(regionOf(log), { endColumn: 0 })],
    ['a blank in a URI', log => Object.assign(placeOf(log), { uri: 'a b/topology.yaml' })],
    ['a character that is not ASCII in a URI', log => Object.assign(placeOf(log), { uri: 'ä.yaml' })],
    ['one rule twice', log => log.runs[0].tool.driver.rules.push(log.runs[0].tool.driver.rules[0]!)],
    ['a tool without name', log => Reflect.deleteProperty(log.runs[0].tool.driver, 'name')],
    ['one related place twice', log => twice(log.runs[0].results[0]!.relatedLocations!)],
  ];
  test.each(mistakes)('%s', (_, spoil) => {
    const log = logOf(finding);
    spoil(log);
    expect(refusals(log)).not.toEqual([]);
  });

  test('no rule that an index points beside: that is for `expectLinked`', () => {
    const log = logOf(finding, { ...finding, code: 'unknown-key' });
    log.runs[0].results[0]!.ruleIndex = 1 - log.runs[0].results[0]!.ruleIndex;
    expect(refusals(log)).toEqual([]);
    expect(() => expectLinked(log)).toThrow();
  });

  const physical = (log: Log) => log.runs[0].results[0]!.locations[0]!.physicalLocation;
  const regionOf = (log: Log) => physical(log).region;
  const placeOf = (log: Log) => physical(log).artifactLocation;
  const twice = (list: object[]): unknown => list.push(list[0]!);
});
