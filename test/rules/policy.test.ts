import { expect, test } from 'vitest';
import { factsOf } from '../../src/analyses/facts.ts';
import { atKey, type Diagnostic, type Severity } from '../../src/diagnostics/diagnostic.ts';
import { applyPolicy } from '../../src/rules/policy.ts';
import { type Rule, runRules } from '../../src/rules/rule.ts';
import { topologyOf } from '../support/topology.ts';

const at = atKey(['hosts']);
const found = (severity: Severity): Diagnostic => ({
  code: 'some-code',
  severity,
  message: 'a fact',
  place: at,
});

test.each<[Severity, Severity | 'off', readonly Severity[]]>([
  ['warning', 'error', ['error']],
  ['warning', 'info', ['info']],
  ['warning', 'off', []],
  ['info', 'warning', ['warning']],
  ['info', 'off', []],
  ['error', 'warning', ['error']],
  ['error', 'off', ['error']],
])('a %s that is wanted as %s', (severity, wanted, expected) => {
  const judged = applyPolicy([found(severity)], { severity: { 'some-code': wanted } });
  expect(judged.map(one => one.severity)).toEqual(expected);
});

test.each(['error', 'warning', 'info', 'off'] as const)('what the owner requires can be %s', wanted => {
  const judged = applyPolicy([{ ...found('error'), code: 'policy-copies' }], {
    severity: { 'policy-copies': wanted },
  });
  expect(judged.map(one => one.severity)).toEqual(wanted === 'off' ? [] : [wanted]);
});

test('what is wrong in the policy itself stays an error', () => {
  const wrong = { ...found('error'), code: 'policy-exception-object' };
  expect(applyPolicy([wrong], { severity: { 'policy-exception-object': 'off' } })).toEqual([wrong]);
});

test('other codes keep their severity, also those with names of object properties', () => {
  const diagnostics = [found('info'), { ...found('warning'), code: 'constructor' }];
  expect(applyPolicy(diagnostics, { severity: { other: 'error' } })).toEqual(diagnostics);
  expect(applyPolicy(diagnostics, undefined)).toBe(diagnostics);
});

test('rules run in order; a finding has the code and severity of its rule unless it says otherwise', () => {
  const entry = { severity: 'warning', summary: '', why: '', fix: '' } as const;
  const rules: Rule[] = [
    { id: 'plain', ...entry, check: () => [{ message: 'one', place: at }] },
    {
      id: 'passing-on',
      ...entry,
      check: () => [{ message: 'two', place: at, code: 'calendar-cron', severity: 'error' }],
    },
  ];
  const facts = factsOf(topologyOf('offsite: 1\nsites: {}\nhosts: {}\n'));
  expect(runRules(rules, facts).map(({ code, severity }) => [code, severity])).toEqual([
    ['plain', 'warning'],
    ['calendar-cron', 'error'],
  ]);
});
