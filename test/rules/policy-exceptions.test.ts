/** Exceptions end on their day, and only when the day is given. */
import { expect, test } from 'vitest';
import schema from '../../schema/topology.schema.json' with { type: 'json' };
import { factsOf } from '../../src/analyses/facts.ts';
import { POLICY_RULES } from '../../src/rules/policy-rules.ts';
import { runRules } from '../../src/rules/rule.ts';
import { topologyOf } from '../support/topology.ts';

const text = (exceptions: string, require = 'own_accounts: true') => `
offsite: 1
sites: { home: { timezone: Europe/Berlin } }
hosts:
  pve: { site: home, roles: { pve: "9.1.4" } }
  pbs: { site: home, roles: { pbs: "4.2.3" } }
guests: { all: { cluster: pve, all: true } }
datastores: { main: { host: pbs, path: /mnt/main } }
storages: { pbs: { cluster: pve, datastore: main, account: pve, via: local } }
accounts: { pve: { kind: pbs, on: pbs, id: "pve@pbs!home" } }
flows:
  nightly: { kind: backup, from: all, to: pbs, via: local, schedule: "04:00" }
  etc: { kind: host-backup, from: pve, to: main, account: pve, paths: { etc: /etc }, via: local, schedule: "05:00" }
policy: { require: { ${require} }, exceptions: [${exceptions}] }
`;

const exception = (until: string, object = 'accounts.pve', rule = 'own_accounts') =>
  `{ rule: ${rule}, object: ${object}, reason: in spring, until: "${until}" }`;

const judge = (yaml: string, asOf?: string) => runRules(POLICY_RULES, factsOf(topologyOf(yaml), asOf));
const codes = (yaml: string, asOf?: string) => judge(yaml, asOf).map(({ code }) => code);

const OPEN = ['policy-exception'];
const ENDED = ['policy-own-accounts'];

test.each<[string, string | undefined, readonly string[]]>([
  ['2027-03-31', undefined, OPEN],
  ['1999-01-01', undefined, OPEN],
  ['2027-03-31', '2026-12-31', OPEN],
  ['2027-03-31', '2027-03-31', OPEN],
  ['2027-03-31', '2027-04-01', ENDED],
  ['2027-03-31', '2028-01-01', ENDED],
  ['2027-12-01', '2027-02-28', OPEN],
])('an exception until %s as of %s', (until, asOf, expected) => {
  expect(codes(text(exception(until)), asOf)).toEqual(expected);
});

test('a finding whose exception ended says so and points to it', () => {
  const [finding] = judge(text(exception('2027-03-31')), '2027-04-01');
  expect(finding?.severity).toBe('error');
  expect(finding?.message).toMatch(/; its exception ended on 2027-03-31$/);
  expect(finding?.related?.at(-1)?.place).toMatchObject({ path: ['policy', 'exceptions', 0, 'until'] });
});

test('without a day the finding names the option', () => {
  const help = (asOf?: string) => judge(text(exception('2027-03-31')), asOf)[0]?.help;
  expect(help()).toContain('--as-of');
  expect(help('2027-01-01')).toBeUndefined();
});

test('of two exceptions the one that ends last counts, in any order', () => {
  const [early, late] = [exception('2027-01-31'), exception('2027-06-30')];
  for (const both of [`${early}, ${late}`, `${late}, ${early}`]) {
    expect(codes(text(both), '2027-03-01')).toEqual(['policy-exception', 'policy-exception-unused']);
    expect(codes(text(both), '2027-07-01')).toEqual(['policy-own-accounts', 'policy-exception-unused']);
  }
});

test('an exception is for its requirement and its object only', () => {
  expect(codes(text(exception('2027-03-31', 'flows.etc')))).toEqual([
    'policy-own-accounts',
    'policy-exception-unused',
  ]);
  const others = text(exception('2027-03-31', 'accounts.pve', 'copies'), 'own_accounts: true, copies: 1');
  expect(codes(others)).toEqual(['policy-own-accounts', 'policy-exception-unused']);
});

test('an exception for what is not there is said once', () => {
  expect(codes(text(exception('2027-03-31', 'accounts.none')))).toEqual([
    'policy-own-accounts',
    'policy-exception-object',
  ]);
});

test('nothing is required unless it is said', () => {
  expect(judge(text('', 'own_accounts: false'))).toEqual([]);
});

test('every requirement of the schema has a rule, and exceptions can name it', () => {
  const names = Object.keys(schema.$defs.requirements.properties);
  expect(schema.$defs.policyException.properties.rule.enum).toEqual(names);
  const ids = POLICY_RULES.flatMap(rule => ('requirement' in rule ? [[rule.requirement, rule.id]] : []));
  expect(ids.toSorted()).toEqual(names.map(name => [name, `policy-${name.replaceAll('_', '-')}`]).toSorted());
});
