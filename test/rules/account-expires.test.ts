/** Accounts end on their day, and only when the day is given. */
import { expect, test } from 'vitest';
import { factsOf } from '../../src/analyses/facts.ts';
import { ACCESS_RULES } from '../../src/rules/access-rules.ts';
import { runRules } from '../../src/rules/rule.ts';
import { topologyOf } from '../support/topology.ts';

const END = Date.UTC(2027, 2, 31, 12) / 1000;
const TEXT = `
offsite: 1
sites: { home: { timezone: Europe/Berlin } }
hosts:
  pve: { site: home, roles: { pve: "9.1.4" } }
  pbs: { site: home, roles: { pbs: "4.2.3" } }
datastores: { main: { host: pbs, path: /mnt/main } }
accounts:
  etc: { kind: pbs, on: pbs, id: etc@pbs, expire: ${END} }
  people: { kind: pve, on: pve, id: people@pve, expire: ${END} }
flows:
  etc: { kind: host-backup, from: pve, to: main, account: etc, paths: { etc: /etc }, via: local, schedule: "05:00" }
`;

const judge = (asOf?: string) =>
  runRules(ACCESS_RULES, factsOf(topologyOf(TEXT), asOf))
    .filter(({ code }) => code === 'account-expires' || code === 'account-lacks-privilege')
    .map(({ code, message }) => `${code}: ${message}`)
    .toSorted();

const later = (days: string, day: string) => [
  `account-expires: account \`etc\` (\`etc@pbs\`) expires on 2027-03-31, ${days} after ${day}`,
  `account-expires: account \`people\` (\`people@pve\`) expires on 2027-03-31, ${days} after ${day}`,
];

test.each<[string | undefined, readonly string[]]>([
  [undefined, []],
  ['2026-12-31', []],
  ['2027-03-01', []],
  ['2027-03-02', later('29 days', '2027-03-02')],
  ['2027-03-30', later('1 day', '2027-03-30')],
  ['2027-03-31', later('0 days', '2027-03-31')],
  [
    '2027-04-01',
    [
      'account-expires: account `people` (`people@pve`) expired on 2027-03-31',
      'account-lacks-privilege: `etc@pbs` cannot log in for host backup `etc`: account `etc` has expired',
    ],
  ],
])('as of %s', (asOf, expected) => {
  expect(judge(asOf)).toEqual(expected);
});
