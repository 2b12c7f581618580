import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { estate, KEY_A, KEY_B, outcome, told } from '../unit-trigger/estate.ts';

const push = (more = ''): string =>
  `copy: { kind: rsync, from: local, to: vault:in, account: to-far, via: home/lan${more} }`;
const FILE = 'far/merge/home/receiver/.ssh/authorized_keys';
const block = (...lines: string[]): string =>
  `# BEGIN offsite\n${lines.map(line => `${line}\n`).join('')}# END offsite\n`;

test('one command from one address, as a block', () => {
  const { texts, lowered } = outcome(estate(push()));
  expect(texts.get(FILE)).toBe(
    block(`restrict,from="10.1.0.6",command="/usr/bin/rrsync -wo -no-del /srv/vault/in" ${KEY_A} to-far`),
  );
  expect(lowered.artifacts.find(({ folder }) => folder === 'merge')).toMatchObject({
    ownership: 'block',
    mode: '0600',
    owner: 'receiver',
    group: 'receiver',
  });
  expect(
    lowered.needs.filter(({ target }) => target === 'far').map(need => `${need.kind} ${need.name}`),
  ).toEqual(['package openssh-server', 'package rsync', 'user receiver', 'directory /home/receiver/.ssh']);
});

test('one key for two directories', () => {
  const flows = `${push()}\nmore: { kind: rsync, from: local, to: vault:more, account: to-far, via: home/lan, overwrite: false }`;
  const { texts } = outcome(estate(flows));
  expect(texts.get(FILE)).toBe(
    block(
      `restrict,from="10.1.0.6",command="case \\"$SSH_ORIGINAL_COMMAND\\" in *' . /srv/vault/in/') exec /usr/bin/rsync --server -ltre.iLsfxC --timeout=600 --partial . /srv/vault/in/;; *' . /srv/vault/more/') exec /usr/bin/rsync --server -ltre.iLsfxC --timeout=600 --ignore-existing . /srv/vault/more/;; *) exit 126;; esac" ${KEY_A} to-far`,
    ),
  );
});

describe('what cannot be', () => {
  test('one key, one directory, two ways', () => {
    const flows = `${push()}\nother: { kind: rsync, from: local:o, to: vault:in, account: to-far, via: home/lan, propagate_deletions: true }`;
    expect(told(outcome(estate(flows)).lowered.diagnostics)).toEqual([
      'error key-for-two-purposes flows.other.account',
    ]);
  });
  test('a pending key is withheld', () => {
    const { texts, lowered } = outcome(
      estate(push(), text =>
        text.replace(`user: receiver, public_key: ${KEY_A}`, 'user: receiver, public_key: pending'),
      ),
    );
    expect(texts.has(FILE)).toBe(false);
    expect(lowered.withheld.map(({ path }) => path)).toEqual(['/home/receiver/.ssh/authorized_keys']);
    expect(told(lowered.diagnostics)).toEqual(['warning pending-value accounts.to-far.public_key']);
    expect(lowered.steps.map(({ title, target }) => `${target}: ${title}`)).toContain(
      'mover: Key of account to-far',
    );
  });
});

const pull = 'copy: { kind: rsync, from: raw, to: local, run_on: mover, account: to-nas, via: home/lan }';

test('a NAS gets steps, a host of others a note', () => {
  const line = `restrict,from="10.1.0.6",command="/usr/bin/rsync --server --sender -ltre.iLsfxC --timeout=600 . /volume1/raw/" ${KEY_B} to-nas`;
  const nas = outcome(estate(pull)).lowered;
  const step = nas.steps.find(({ title }) => title === 'Let account to-nas in');
  expect(step?.target).toBe('nas');
  expect(step?.commands.join('\n')).toContain(`line='${line}'\n`);
  // The user is made in the user interface: a home made by root would keep DSM from making the right one.
  const said = spawnSync('bash', ['-c', `id() { return 1; }; ${step?.commands.join('\n')}`], {
    encoding: 'utf8',
  });
  expect([said.stdout, said.stderr]).toEqual([
    '',
    'STOP: backup or its home is not there: make them in the Control Panel first\n',
  ]);
  const others = outcome(
    estate(pull, text => text.replace('os: dsm', 'os: dsm\n    managed: false')),
  ).lowered;
  expect(others.steps.filter(({ target }) => target === 'nas')).toEqual([]);
  expect(others.external).toMatchObject([{ name: 'nas', blocks: [{ text: line }] }]);
});

test('on a full volume a NAS keeps the keys of others', () => {
  const homes = mkdtempSync(join(tmpdir(), 'offsite-homes-'));
  const user = userInfo().username;
  const file = join(homes, user, '.ssh/authorized_keys');
  mkdirSync(join(file, '..'), { recursive: true });
  const { lowered } = outcome(estate(pull));
  const [step] = lowered.steps.filter(({ title }) => title === 'Let account to-nas in');
  const script = (step?.commands.join('\n') ?? '')
    .replaceAll('/var/services/homes', homes)
    .replaceAll(/\bbackup\b/g, user);
  const run = (limit: string) => spawnSync('sh', ['-c', `${limit}\n${script}`], { encoding: 'utf8' });

  writeFileSync(file, 'ssh-ed25519 AAAA another\n');
  // No file may grow: what a full volume says, too.
  run("trap '' XFSZ; ulimit -f 0");
  expect(readFileSync(file, 'utf8')).toBe('ssh-ed25519 AAAA another\n');
  expect(run('')).toMatchObject({ status: 0, stderr: '' });
  expect(run('')).toMatchObject({ status: 0, stderr: '' });
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines).toEqual(['ssh-ed25519 AAAA another', expect.stringContaining(KEY_B), '']);
  rmSync(homes, { recursive: true });
});

test('a retired flow takes its key away, and its user is not made for that', () => {
  const { texts, lowered } = outcome(estate(push(', state: retired')));
  expect(texts.size).toBe(0);
  expect(lowered.changes).toContainEqual(
    expect.objectContaining({ target: 'far', verb: 'removes', kind: 'key' }),
  );
  expect(lowered.needs).toEqual([]);
  const step = lowered.steps.find(({ target }) => target === 'far');
  expect(step?.commands).toEqual([
    'if [ -e /home/receiver/.ssh/authorized_keys ]; then\n  offsite_merge_block /dev/null /home/receiver/.ssh/authorized_keys "$(stat -c %U:%G /home/receiver/.ssh/authorized_keys)" 0600\nfi',
  ]);
  expect(step?.undo).toEqual(['offsite_put_back /home/receiver/.ssh/authorized_keys']);
});

test('no source address on the internet: the key is still let in for one command only', () => {
  const { texts } = outcome(
    estate(push().replace('via: home/lan', 'via: internet'), text =>
      text
        .replace('ssh: { host_key', 'fqdn: x.example.org\n    ssh: { host_key')
        .replace(/(\n {2}far:[\s\S]*?)ssh: \{/, '$1fqdn: far.example.org\n    ssh: {'),
    ),
  );
  expect(texts.get(FILE)).toBe(
    block(`restrict,command="/usr/bin/rrsync -wo -no-del /srv/vault/in" ${KEY_A} to-far`),
  );
});
