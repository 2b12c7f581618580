/**
 * rsync over a real sshd, everything as rendered: the unit's own command lines, known_hosts and the restricted key.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estate, KEY_A, outcome } from '../artifacts/unit-trigger/estate.ts';
import { listening, type Machine, machineUnavailable, openMachine } from './machine.ts';

const FLOWS = `copy: { kind: rsync, from: local, to: vault, account: to-far, via: home/lan, schedule: "03:20" }`;
const SERVICE = 'etc/systemd/system/offsite-copy.service';
const CLIENT = '10.1.0.6';
const SERVER = '10.1.0.7';

const SSHD = `Port 22
ListenAddress ${SERVER}
HostKey /etc/ssh/host
UsePAM no
PasswordAuthentication no
StrictModes yes
PidFile none
`;

describe.skipIf(machineUnavailable('rsync', 'rrsync', 'ssh', 'sshd', 'ssh-keygen', 'flock'))(
  'a restricted key',
  () => {
    let machine: Machine;

    beforeAll(async () => {
      machine = await openMachine([CLIENT, SERVER]);
      const publicKey = async (path: string): Promise<string> => {
        await machine.mustRun('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path);
        return machine.read(`${path}.pub`).trim();
      };
      await machine.mustRun(
        'mkdir',
        '-p',
        '/etc/offsite/secrets',
        '/run/sshd',
        '/srv/local',
        '/srv/vault',
        '/srv/other',
      );
      const [host, user] = [
        await publicKey('/etc/ssh/host'),
        await publicKey('/etc/offsite/secrets/ssh-to-far.key'),
      ];
      const { texts } = outcome(
        // The host `far` has one key, the account another.
        estate(FLOWS, text => {
          const [head = '', tail = ''] = text.split('\naccounts:');
          return `${head.replaceAll(KEY_A, host)}\naccounts:${tail.replaceAll(KEY_A, user)}`;
        }),
      );
      for (const [path, text] of texts) {
        const [, target, place] = /^(mover|far)\/(?:root|merge)\/(.*)$/.exec(path) ?? [];
        if (target !== undefined && place !== undefined)
          machine.write(place, text, place.includes('/lib/') ? 0o755 : 0o600);
      }
      // Without PAM a login whose password is locked is refused.
      await machine.mustRun(
        'useradd',
        '--password',
        '*',
        '--create-home',
        '--shell',
        '/bin/bash',
        'receiver',
      );
      await machine.mustRun('chown', '-R', 'receiver:receiver', '/home/receiver', '/srv/vault', '/srv/other');
      machine.write('etc/ssh/sshd_config', SSHD);
      await machine.mustRun('sshd', '-t', '-f', '/etc/ssh/sshd_config');
      await machine.mustRun('/usr/sbin/sshd', '-f', '/etc/ssh/sshd_config', '-E', '/run/sshd.log');
      machine.write('srv/local/new.vma.zst', 'new');
      machine.write('srv/local/deep/er.vma.zst', 'deep');
      machine.write('srv/local/vzdump-qemu-100-half.vma.dat', 'unfinished');
      machine.write('srv/vault/old.vma.zst', 'old');
      await listening(machine, SERVER, 22);
    }, 30_000);
    afterAll(() => machine?.close());

    const tree = async (directory: string) =>
      (await machine.mustRun('find', directory, '-type', 'f', '-printf', '%P\n'))
        .split('\n')
        .filter(Boolean)
        .sort();

    const rsh = (): string[] => {
      const [, words = ''] = /RSYNC_RSH=\/usr\/bin\/(ssh [^"]*)"/.exec(machine.read(SERVICE)) ?? [];
      return words.replace('%d', '/run/credentials').split(' ');
    };
    /** ssh as the unit calls it, with more options; `edit` changes those of the unit. */
    const ssh = (more: readonly string[], edit = (word: string): string => word) =>
      machine.run(...rsh().map(edit), '-o', 'ConnectionAttempts=1', ...more);
    const rsync = (...args: string[]) =>
      machine.run('env', `RSYNC_RSH=${rsh().join(' ')}`, 'rsync', '-r', ...args);
    /** The key was let in, so what failed is what it asked for. */
    const letIn = ({ stderr }: { stderr: string }): void => {
      expect(stderr).not.toMatch(/Permission denied|Host key verification/);
    };

    test('lets the unit copy, and files arrive', async () => {
      expect(await machine.runUnit(SERVICE)).toMatchObject({ status: 0, stderr: '' });
      expect(await tree('/srv/vault')).toEqual(['deep/er.vma.zst', 'new.vma.zst', 'old.vma.zst']);
      expect(machine.read('srv/vault/deep/er.vma.zst')).toBe('deep');
      expect(machine.read('var/lib/offsite/success/copy')).toMatch(/^\d+\n$/);
    });
    test('a second run while one holds the lock ends with the status that means it', async () => {
      const held = machine.run('flock', '/run/offsite/copy.lock', 'sleep', '2');
      await machine.mustRun('sleep', '0.5');
      expect((await machine.runUnit(SERVICE)).status).toBe(75);
      await held;
    });
    test('deletes nothing, even when asked to', async () => {
      const deleting = await machine.runUnit(SERVICE, ['--delete']);
      letIn(deleting);
      expect(deleting.status).not.toBe(0);
      expect(await tree('/srv/vault')).toContain('old.vma.zst');
    });
    test('reads nothing', async () => {
      const pull = await rsync(`receiver@${SERVER}:./`, '/srv/local/stolen/');
      letIn(pull);
      expect(pull.status).not.toBe(0);
      expect(await tree('/srv/local')).not.toContain('stolen/old.vma.zst');
    });
    test.each(['../other/', '/srv/other/'])('writes nowhere else: %s', async path => {
      letIn(await rsync('/srv/local/', `receiver@${SERVER}:${path}`));
      expect(await tree('/srv/other')).toEqual([]);
    });
    test.each([
      ['a command', [], ['id']],
      ['a terminal', ['-tt'], ['id']],
      ['sftp', ['-s'], ['sftp']],
      ['a shell', [], []],
    ])('gives %s to nobody', async (_, options, command) => {
      const asked = await ssh([...options, `receiver@${SERVER}`, ...command]);
      letIn(asked);
      expect(asked.status).not.toBe(0);
      expect(asked.stdout).not.toContain('uid=');
      if (options.includes('-tt')) expect(asked.stderr).toContain('PTY allocation request failed');
    });
    test('forwards no port', async () => {
      const there = await ssh(['-W', `${SERVER}:22`, `receiver@${SERVER}`]);
      expect(there.status).not.toBe(0);
      expect(there.stderr).toContain('administratively prohibited');
      const back = ['-N', '-o', 'ExitOnForwardFailure=yes', '-R', `9000:${SERVER}:22`, `receiver@${SERVER}`];
      expect((await ssh(back)).stderr).toContain('remote port forwarding failed');
    });
    test('lets nobody in from another address', async () => {
      const elsewhere = (word: string): string =>
        word.replace(`BindAddress=${CLIENT}`, `BindAddress=${SERVER}`);
      const { status, stderr } = await ssh([`receiver@${SERVER}`], elsewhere);
      expect(status).toBe(255);
      expect(stderr).toContain('Permission denied');
    });
    test('another host key is refused', async () => {
      const known = machine.read('etc/offsite/known_hosts');
      machine.write('etc/offsite/known_hosts', known.replace(/AAAA\S+/g, KEY_A.split(' ')[1] ?? ''), 0o600);
      const { status, stderr } = await machine.runUnit(SERVICE);
      machine.write('etc/offsite/known_hosts', known, 0o600);
      // What ssh ended with, or that the connection closed: it depends on which of the two rsync meets first.
      expect([255, 12]).toContain(status);
      expect(stderr).toContain('Host key verification failed');
    });
  },
);
