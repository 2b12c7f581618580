import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerPveAccounts } from '../../../src/artifacts/pve-accounts/lower.ts';
import { missingTool } from '../../support/tools.ts';
import { topologyOf } from '../../support/topology.ts';
import { deployment, said, script } from '../pve-storage/pve.ts';

const lowered = (accounts: string) => lowerPveAccounts(topologyOf(deployment(`accounts:\n${accounts}`)));
const commands = (accounts: string) => lowered(accounts).steps.flatMap(step => step.commands);

describe('an active account', () => {
  test('user', () => {
    const part = lowered(
      '  ann: { kind: pve, on: duo, id: ann@pve, secret: pve-ann, email: ann@example.org, comment: "it\'s Ann", expire: 9, enable: false, grants: [{ role: PVEVMUser, path: /pool/acme, propagate: false }] }',
    );
    expect(part.steps[0]?.commands).toEqual([
      `fresh=
if ! pveum user list --output-format json | grep -qF '"userid":"ann@pve"'; then
  offsite_make 'PVE user ann@pve' pveum user add ann@pve && fresh=yes
fi`,
      `pveum user modify ann@pve --enable 0 --expire 9 --email ann@example.org --comment 'it'\\''s Ann'`,
      'pveum acl modify /pool/acme --roles PVEVMUser --propagate 0 --users ann@pve',
      // The last, for it asks.
      'if [ "$fresh" = yes ]; then pveum passwd ann@pve; fi',
    ]);
    expect(part.steps[0]?.text[0]).toBe(
      'On one node of the cluster only, for example node-b: /etc/pve is replicated.',
    );
    expect(part.steps[0]?.text[1]).toContain('`pveum passwd ann@pve` asks again.');
    expect(part.steps[0]?.undo).toEqual(["offsite_unmake 'PVE user ann@pve' pveum user delete ann@pve"]);
    expect(part.needs).toMatchObject([{ target: 'duo', kind: 'secret', name: 'pve-ann', typed: true }]);
    expect(part.changes).toMatchObject([{ target: 'duo', verb: 'creates', kind: 'user', name: 'ann@pve' }]);
  });
  test('user of another realm has no password here', () => {
    const part = lowered('  ann: { kind: pve, on: alone, id: ann@pam }');
    expect(part.needs).toEqual([]);
    expect(script(part)).not.toContain('passwd');
  });
  test('token: rights for it and for its user, since it has what both have', () => {
    const part = lowered(
      '  mon: { kind: pve, on: duo, id: "mon@pve!graphs", secret: pve-mon, grants: [{ role: PVEAuditor, path: / }] }',
    );
    expect(part.steps[0]?.commands).toEqual([
      `pveum user list --output-format json | grep -qF '"userid":"mon@pve"' || offsite_make 'PVE user mon@pve' pveum user add mon@pve`,
      `if pveum user token list mon@pve --output-format json 2>/dev/null | grep -qF '"tokenid":"graphs"'; then
  pveum user token modify mon@pve graphs --privsep 1 --expire 0 --comment ''
else
  offsite_make 'PVE token mon@pve!graphs' pveum user token add mon@pve graphs --privsep 1 --expire 0 --comment ''
fi`,
      'pveum acl modify / --roles PVEAuditor --propagate 1 --users mon@pve',
      `pveum acl modify / --roles PVEAuditor --propagate 1 --tokens 'mon@pve!graphs'`,
    ]);
    expect(part.steps[0]?.undo).toEqual([
      "offsite_unmake 'PVE token mon@pve!graphs' pveum user token remove mon@pve graphs",
    ]);
    expect(part.steps[0]?.text[1]).toContain('`pve-mon`');
    expect(part.artifacts).toEqual([]);
  });
});

describe('a retired account', () => {
  test('user goes', () => {
    expect(commands('  ann: { kind: pve, on: duo, id: ann@pve, state: retired }')).toEqual([
      `if pveum user list --output-format json | grep -qF '"userid":"ann@pve"'; then pveum user delete ann@pve; fi`,
    ]);
  });
  test('user stays while a token of it is used, without the rights that nobody needs', () => {
    const part = lowered(
      '  ann: { kind: pve, on: duo, id: ann@pve, state: retired, grants: [{ role: A1, path: / }, { role: B1, path: /vms }] }\n  tok: { kind: pve, on: duo, id: "ann@pve!tok", grants: [{ role: A1, path: / }] }',
    );
    expect(part.steps.at(-1)?.commands).toEqual([
      `if pveum user list --output-format json | grep -qF '"userid":"ann@pve"'; then
  pveum acl delete /vms --roles B1 --users ann@pve
fi`,
    ]);
    expect(part.changes.map(({ verb, name }) => `${verb} ${name}`)).toEqual(['creates ann@pve!tok']);
  });
  test('token goes, its user stays', () => {
    const part = lowered('  tok: { kind: pve, on: duo, id: "ann@pve!tok", state: retired }');
    expect(part.steps[0]?.commands).toEqual([
      `if pveum user token list ann@pve --output-format json 2>/dev/null | grep -qF '"tokenid":"tok"'; then pveum user token remove ann@pve tok; fi`,
    ]);
    expect(part.changes).toMatchObject([{ verb: 'removes', kind: 'token', name: 'ann@pve!tok' }]);
  });
});

test('a planned account is nothing', () => {
  const part = lowered('  ann: { kind: pve, on: duo, id: ann@pve, state: planned }');
  expect([part.steps, part.changes, part.needs, part.external]).toEqual([[], [], [], []]);
});

test.each([
  ['id: "a@pve!1x"', 'error bad-id accounts.a.id:value: "1x" cannot be the name of a token in PVE'],
  [
    'id: "a@pve!tok", email: a@example.org',
    'info declared-only accounts.a.email:key: `email` of account `a` is not rendered',
  ],
  [
    'id: "a@pve!tok", enable: false',
    'warning declared-only accounts.a.enable:key: `enable` of account `a` is not rendered',
  ],
])('%s', (account, expected) => {
  expect(said(lowered(`  a: { kind: pve, on: duo, ${account} }`).diagnostics)).toEqual([expected]);
});

test('a cluster that others run gets a note', () => {
  const yaml = deployment('accounts: { a: { kind: pve, on: alone, id: a@pam } }').replace(
    'alone:\n    site: home',
    'alone:\n    site: home\n    managed: false',
  );
  const part = lowerPveAccounts(topologyOf(yaml));
  expect(part.steps).toEqual([]);
  expect(part.external).toMatchObject([{ name: 'alone', title: 'Accounts on alone' }]);
  // They have none of our functions.
  expect(part.external[0]?.blocks[0]?.text).not.toContain('offsite_');
});

test.skipIf(missingTool('shellcheck'))('shellcheck', () => {
  const part = lowered(
    '  a: { kind: pve, on: duo, id: a@pve, comment: "$(x) `y` \\"z\\"", grants: [{ role: R1, path: / }] }\n  b: { kind: pve, on: duo, id: "a@pve!tok", grants: [{ role: R1, path: / }] }\n  c: { kind: pve, on: duo, id: a@pve, state: retired, grants: [{ role: R2, path: / }] }',
  );
  // SC2016: the quotes of the comment keep its `$` from meaning anything, on purpose.
  execFileSync('shellcheck', ['-s', 'bash', '-e', 'SC2016', '-'], { input: script(part) });
});

test('a hostile comment stays one word', () => {
  const line = fc.string({
    unit: fc.constantFrom('"', "'", '`', '$', '(', ')', '\\', '!', ' ', '-', ';', '#', 'é', 'a'),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(line, comment => {
      const modify =
        commands(`  a: { kind: pve, on: duo, id: a@pam, comment: ${JSON.stringify(comment)} }`)[1] ?? '';
      const words = execFileSync('bash', ['-c', `pveum() { printf '%s\\0' "$@"; }; ${modify}`], {
        encoding: 'utf8',
      }).split('\0');
      expect(words.slice(-3)).toEqual(['--comment', comment, '']);
    }),
    { numRuns: 25 },
  );
});
