import { describe, expect, it } from 'vitest';
import { codesOf, fileOf, lowerText, twoSites } from '../../support/pbs.ts';

const ROOT = 'user: root@pam\n\tcomment Superuser\n';
const yaml = (accounts: string, rest = '') => twoSites(`accounts: { ${accounts} }\n${rest}`);
const account = (id: string, more = '') => `{ kind: pbs, on: pbs-home, id: "${id}"${more} }`;
const steps = (accounts: string, rest = '') => lowerText('pbs-user', yaml(accounts, rest)).steps;

describe('user.cfg', () => {
  it.each([
    ['root is always there, as PBS writes it', '', ROOT],
    [
      'a declared root keeps what is declared',
      `r: ${account('root@pam', ', comment: Admin, email: ops@example.com')}`,
      'user: root@pam\n\tcomment Admin\n\temail ops@example.com\n',
    ],
    [
      'the user of a token',
      `a: ${account('sync@pbs!dc', ', comment: reads')}`,
      `${ROOT}\nuser: sync@pbs\n\ntoken: sync@pbs!dc\n\tcomment reads\n`,
    ],
    ['a token of root', `a: ${account('root@pam!t')}`, `${ROOT}\ntoken: root@pam!t\n`],
    [
      'limits that are none are not written',
      `a: ${account('u@pbs', ', enable: true, expire: 0')}`,
      `${ROOT}\nuser: u@pbs\n`,
    ],
    [
      'limits',
      `a: ${account('u@pbs', ', enable: false')}, b: ${account('u@pbs!t', ', expire: 1700000000, email: u@example.com')}`,
      `${ROOT}\nuser: u@pbs\n\tenable false\n\ntoken: u@pbs!t\n\texpire 1700000000\n`,
    ],
  ])('%s', (_, accounts, expected) => {
    expect(fileOf('pbs-user', yaml(accounts), 'pbs-home')).toBe(expected);
  });

  it('refuses two accounts of one id', () => {
    expect(codesOf(lowerText('pbs-user', yaml(`a: ${account('u@pbs')}, b: ${account('u@pbs')}`)))).toEqual([
      'section-twice accounts.b.id',
    ]);
  });
});

describe('steps', () => {
  it('make user and token before the file is there', () => {
    const made = steps(`a: ${account('sync@pbs!dc', ', secret: s')}`);
    expect(made.map(({ order, title }) => `${order} ${title}`)).toEqual([
      '20 Create user sync@pbs',
      '40 Generate token sync@pbs!dc',
    ]);
    expect(made.map(({ commands }) => commands)).toEqual([
      ['offsite_user sync@pbs'],
      ['offsite_token sync@pbs dc'],
    ]);
    expect(made[1]?.check).toEqual([
      `proxmox-backup-manager user list-tokens sync@pbs --output-format json | grep -qF '"tokenid":"sync@pbs!dc"'`,
    ]);
  });

  it('say where the secret is needed', () => {
    const rest = `datastores: { src: { host: pbs-home, path: /src }, dst: { host: pbs-dc, path: /dst } }
flows: { f: { kind: sync, direction: pull, from: src, to: dst, account: a, via: backup } }`;
    const [, token] = steps(`a: ${account('sync@pbs!dc', ', secret: s')}`, rest);
    expect(token?.text[0]).toContain('`/root/offsite-secrets/s` on: pbs-dc (remote.cfg)');
  });

  it('ask for the secret at once where it is needed on the same host', () => {
    const rest = `datastores: { src: { host: pbs-home, path: /src } }
flows: { f: { kind: host-backup, from: pbs-home, to: src, account: a, archives: { etc: { path: /etc } }, schedule: "01:00", via: local } }`;
    const [, token] = steps(`a: ${account('h@pbs!own', ', secret: s')}`, rest);
    expect(token?.commands).toEqual(['offsite_token h@pbs own', 'offsite_secret s']);
  });

  it('set a password without showing it in the file', () => {
    const lowered = lowerText('pbs-user', yaml(`a: ${account('u@pbs', ', secret: pw')}`));
    expect(lowered.steps[1]?.commands).toEqual([
      'if test -s /root/offsite-secrets/pw; then\n  proxmox-backup-debug api set /access/password --userid u@pbs --password "$(cat /root/offsite-secrets/pw)"\nfi',
    ]);
    expect(lowered.needs.map(({ name }) => name)).toEqual(['pw']);
  });

  it('set no password for a token, another realm or root', () => {
    const made = steps(`a: ${account('t@pbs!x')}, b: ${account('u@pam')}, c: ${account('root@pam')}`);
    expect(made.filter(({ order }) => order === 30)).toEqual([]);
    expect(made.map(({ title }) => title)).not.toContain('Create user root@pam');
  });

  it('remove what is retired, but no user that still has tokens', () => {
    const lowered = lowerText(
      'pbs-user',
      yaml(
        `a: ${account('u@pbs', ', state: retired')}, b: ${account('u@pbs!x')}, c: ${account('u@pbs!y', ', state: retired')}`,
      ),
    );
    expect(
      lowered.changes.filter(({ verb }) => verb === 'removes').map(({ kind, name }) => `${kind} ${name}`),
    ).toEqual(['token u@pbs!y']);
    const [withdraw, remove] = lowered.steps.find(({ order }) => order === 10)?.commands ?? [];
    expect(withdraw).toBe("offsite_withdraw 'u@pbs!y'");
    expect(remove).toContain('  proxmox-backup-manager user delete-token u@pbs y\n');
  });
});

it('tells whoever runs a PBS of others which accounts it needs', () => {
  const text = yaml(
    `a: ${account('sync@pbs!dc')}, b: ${account('old@pbs', ', enable: false, expire: 9000000000000000, email: u@example.com')}`,
  ).replace('site: home\n', 'site: home\n    managed: false\n');
  const lowered = lowerText('pbs-user', text);
  expect(lowered.external.map(({ name, title, text }) => [name, title, text.slice(1)])).toEqual([
    ['pbs-home', 'Account sync@pbs!dc', []],
    [
      'pbs-home',
      'Account old@pbs',
      [
        'As declared, it is disabled, it expires (`expire 9000000000000000`, in seconds since 1970), its mail goes to `u@example.com`.',
      ],
    ],
  ]);
  expect(lowered.steps).toEqual([]);
});
