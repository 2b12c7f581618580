/** The functions that APPLY.md calls, run by bash on a directory that plays the host. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lowerApplyFunctions } from '../../../src/artifacts/apply-functions/lower.ts';
import { rendered } from '../../support/render.ts';
import { missingTool } from '../../support/tools.ts';

const script = [...rendered(lowerApplyFunctions(true)).values()][0] ?? '';
const owner = execFileSync('sh', ['-c', 'printf %s "$(id -un):$(id -gn)"'], { encoding: 'utf8' });

let work: string;
beforeEach(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-apply-'));
  fs.mkdirSync(path.join(work, 'host/etc'), { recursive: true });
  fs.mkdirSync(path.join(work, 'secrets'));
  fs.writeFileSync(path.join(work, 'apply-functions.sh'), script);
});
afterEach(() => fs.rmSync(work, { recursive: true }));

const write = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(work, file)), { recursive: true });
  fs.writeFileSync(path.join(work, file), text);
};
const read = (file: string): string => fs.readFileSync(path.join(work, file), 'utf8');
const exists = (file: string): boolean => fs.existsSync(path.join(work, file));

function run(commands: string): { status: number | null; stdout: string; stderr: string } {
  const env = {
    PATH: process.env['PATH'] ?? '',
    ROOT: path.join(work, 'host'),
    OFFSITE_SECRETS: path.join(work, 'secrets'),
    OFFSITE_KEPT: path.join(work, 'kept'),
  };
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--norc', '-c', `. ./apply-functions.sh\n${commands}`],
    {
      cwd: work,
      env,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

describe('offsite_put', () => {
  test('replaces a file, keeps the previous one, sets the mode', () => {
    write('host/etc/x', 'old\n');
    write('new', 'new\n');
    expect(run(`offsite_put new /etc/x ${owner} 0600`).status).toBe(0);
    expect(read('host/etc/x')).toBe('new\n');
    expect(read('kept/etc/x')).toBe('old\n');
    expect(fs.statSync(path.join(work, 'host/etc/x')).mode & 0o777).toBe(0o600);
  });

  test('a second run changes nothing and does not lose what was kept', () => {
    write('host/etc/x', 'old\n');
    write('new', 'new\n');
    run(`offsite_put new /etc/x ${owner} 0600; offsite_put new /etc/x ${owner} 0600`);
    expect(read('kept/etc/x')).toBe('old\n');
  });

  test('goes back to the previous file, or to none', () => {
    write('host/etc/x', 'old\n');
    write('new', 'new\n');
    run(
      `offsite_put new /etc/x ${owner} 0600; offsite_put new /etc/y ${owner} 0600; offsite_put_back /etc/x; offsite_put_back /etc/y`,
    );
    expect(read('host/etc/x')).toBe('old\n');
    expect(exists('host/etc/y')).toBe(false);
  });

  test('a link stays, and so does a unit that is masked', () => {
    write('new', 'new\n');
    for (const target of ['elsewhere', '/dev/null']) {
      fs.rmSync(path.join(work, 'host/etc/x'), { force: true });
      fs.symlinkSync(target, path.join(work, 'host/etc/x'));
      const { status, stderr } = run(`offsite_put new /etc/x ${owner} 0600`);
      expect(status).toBe(1);
      expect(stderr).toContain(`STOP: /etc/x is a link to ${target}, which`);
      expect(fs.readlinkSync(path.join(work, 'host/etc/x'))).toBe(target);
    }
    expect(exists('kept')).toBe(false);
  });

  test('leaves no temporary file behind when the owner cannot be set', () => {
    write('host/etc/x', 'old\n');
    write('new', 'new\n');
    expect(run('offsite_put new /etc/x nobody-of-that-name:nogroup 0600').status).not.toBe(0);
    expect(read('host/etc/x')).toBe('old\n');
    expect(fs.readdirSync(path.join(work, 'host/etc'))).toEqual(['x']);
  });
});

describe('offsite_put_back', () => {
  const again = 'offsite_put_back /etc/x';

  test('needs a change since the functions were loaded, and no other one since', () => {
    write('host/etc/x', 'old\n');
    write('new', 'new\n');
    expect(run(again).stderr).toContain('STOP: /etc/x was not changed since');
    run(`offsite_put new /etc/x ${owner} 0600`);
    write('host/etc/x', 'by hand\n');
    expect(run(again).stderr).toContain('STOP: somebody else changed /etc/x since: compare it with');
    expect(read('host/etc/x')).toBe('by hand\n');
  });

  test('a file that was not there goes, but only once and only ours', () => {
    write('new', 'new\n');
    run(`offsite_put new /etc/x ${owner} 0600`);
    expect(run(again)).toMatchObject({ status: 0, stderr: '' });
    expect(exists('host/etc/x')).toBe(false);
    write('host/etc/x', 'somebody else\n');
    expect(run(again).status).not.toBe(0);
    expect(read('host/etc/x')).toBe('somebody else\n');
  });

  test('goes back to what was there first, with its mode', () => {
    write('host/etc/x', 'old\n');
    fs.chmodSync(path.join(work, 'host/etc/x'), 0o604);
    write('new', 'new\n');
    write('newer', 'newer\n');
    run(`offsite_put new /etc/x ${owner} 0600; offsite_put newer /etc/x ${owner} 0600; ${again}`);
    expect(read('host/etc/x')).toBe('old\n');
    expect(fs.statSync(path.join(work, 'host/etc/x')).mode & 0o777).toBe(0o604);
  });

  test('what an earlier run kept stays where it is', () => {
    const script = fs.readFileSync(path.join(work, 'apply-functions.sh'), 'utf8');
    expect(script).toContain('OFFSITE_KEPT=${OFFSITE_KEPT:-/root/offsite-kept/$(date +');
  });
});

describe('offsite_secret', () => {
  test('asks for each that is not there, and leaves out what is empty', () => {
    write('secrets/b', 'known\n');
    const ask = (input: string) => run(`offsite_secret a b c <<'END'\n${input}END`);
    const { status, stderr } = ask('one \\ 1\nthree\n');
    expect(status).toBe(0);
    expect(stderr).toContain('secret b is there; remove ');
    expect(['a', 'b', 'c'].map(name => read(`secrets/${name}`))).toEqual([
      'one \\ 1\n',
      'known\n',
      'three\n',
    ]);
    expect(fs.statSync(path.join(work, 'secrets/a')).mode & 0o777).toBe(0o600);
    const { status: later, stderr: said } = run(`offsite_secret d e <<'END'\n\nfive\nEND`);
    expect(later).toBe(0);
    expect(said).toContain('left out: run offsite_secret d when it exists');
    expect([exists('secrets/d'), read('secrets/e')]).toEqual([false, 'five\n']);
  });
});

describe('offsite_place', () => {
  test('puts a secret where PVE reads it, keeps the one before, and stops without one', () => {
    write('secrets/key', '{"data":1}\n');
    write('host/etc/pve/priv/storage/pbs.enc', '{"data":0}\n');
    const place = 'offsite_place key /etc/pve/priv/storage/pbs.enc';
    expect(run(place).status).toBe(0);
    expect(read('host/etc/pve/priv/storage/pbs.enc')).toBe('{"data":1}\n');
    expect(run('offsite_put_back /etc/pve/priv/storage/pbs.enc').status).toBe(0);
    expect(read('host/etc/pve/priv/storage/pbs.enc')).toBe('{"data":0}\n');
    expect(run('offsite_place none /etc/pve/priv/storage/pbs.enc').stderr).toContain('STOP: ');
    expect(fs.readdirSync(path.join(work, 'host/etc/pve/priv/storage'))).toEqual(['pbs.enc']);
  });
});

describe('offsite_put_filled', () => {
  test('fills in secrets, plain and in base64, whatever characters they have', () => {
    const secret = 'a&b|c\\d"e$(id)`f\'';
    write('secrets/token', `${secret}\n`);
    write('new', 'password @@offsite:token:base64@@\nkey @@offsite:token:plain@@ end\n');
    expect(run(`offsite_put_filled new /etc/x ${owner} 0600`).status).toBe(0);
    expect(read('host/etc/x')).toBe(
      `password ${Buffer.from(secret).toString('base64')}\nkey ${secret} end\n`,
    );
  });

  test('stops without the secret, and changes nothing', () => {
    write('host/etc/x', 'old\n');
    write('new', 'password @@offsite:token:base64@@\n');
    const { status, stderr } = run(`offsite_put_filled new /etc/x ${owner} 0600`);
    expect(status).not.toBe(0);
    expect(stderr).toContain('STOP: there is no secret');
    expect(read('host/etc/x')).toBe('old\n');
  });
});

describe('guards', () => {
  test('a section that only the host has stops', () => {
    write('host/etc/sync.cfg', 'sync: a\n\tstore x\n\nsync: foreign\n\tstore x\n');
    write('new', 'sync: a\n\tstore y\n');
    const { status, stderr } = run('offsite_guard_sections new /etc/sync.cfg && echo went on');
    expect(status).not.toBe(0);
    expect(stderr).toContain('foreign');
  });

  test.each(['sync: a\n\tstore x\n', ''])('a file without foreign sections passes: %j', live => {
    write('host/etc/sync.cfg', live);
    write('new', 'sync: a\n\tstore y\n\nsync: b\n\tstore y\n');
    expect(run('offsite_guard_sections new /etc/sync.cfg').status).toBe(0);
  });

  test('entries of an acl.cfg are compared one by one, root@pam does not count', () => {
    write('host/etc/acl.cfg', 'acl:1:/:root@pam:Admin\nacl:1:/datastore/x:a@pbs,b@pbs:DatastoreReader\n');
    write(
      'new',
      'acl:1:/datastore/x:b@pbs:DatastoreReader,DatastoreBackup\nacl:1:/datastore/x:a@pbs:DatastoreReader\n',
    );
    expect(run('offsite_guard_acl new /etc/acl.cfg').status).toBe(0);
    write('new', 'acl:1:/datastore/x:b@pbs:DatastoreReader\n');
    const { status, stderr } = run('offsite_guard_acl new /etc/acl.cfg');
    expect(status).toBe(1);
    expect(stderr).toContain('a@pbs:DatastoreReader');
    expect(stderr).toContain(
      '  proxmox-backup-manager acl update /datastore/x DatastoreReader --auth-id a@pbs --delete true\n',
    );
  });

  test('every right of a token that goes, and of nobody else', () => {
    write(
      'host/etc/proxmox-backup/acl.cfg',
      'acl:1:/datastore/x:a@pbs,a@pbs!t:DatastoreReader\nacl:0:/:a@pbs!t:Audit\n',
    );
    const commands = "proxmox-backup-manager() { printf '%s\\n' \"$*\"; }; offsite_withdraw 'a@pbs!t'";
    expect(run(commands)).toMatchObject({
      status: 0,
      stdout:
        'acl update / Audit --auth-id a@pbs!t --delete true\nacl update /datastore/x DatastoreReader --auth-id a@pbs!t --delete true\n',
    });
    expect(run("proxmox-backup-manager() { false; }; offsite_withdraw 'a@pbs!t'").status).not.toBe(0);
    expect(run('offsite_withdraw b@pbs')).toMatchObject({ status: 0, stdout: '' });
  });

  test('the address of root@pam is not lost', () => {
    const live = '/etc/proxmox-backup/user.cfg';
    const user = (id: string, email = ''): string =>
      `user: ${id}\n\tcomment x\n${email && `\temail ${email}\n`}\n`;
    write(`host${live}`, user('root@pam', 'ops@example.com') + user('a@pbs'));
    write('new', user('a@pbs', 'a@example.com') + user('root@pam'));
    const guard = `offsite_guard_sections new ${live}`;
    expect(run(guard).stderr).toContain('STOP: root@pam has the address ops@example.com');
    write('new', user('a@pbs') + user('root@pam', 'other@example.com'));
    expect(run(guard)).toMatchObject({ status: 0, stderr: '' });
    write(`host${live}`, user('root@pam') + user('a@pbs', 'a@example.com'));
    write('new', user('a@pbs') + user('root@pam'));
    expect(run(guard)).toMatchObject({ status: 0, stderr: '' });
  });

  test('a file of somebody else stops, ours and an empty one pass', () => {
    write('host/etc/wg0.conf', '[Interface]\nPrivateKey = x\n');
    expect(run('offsite_guard_ours /etc/wg0.conf').stderr).toContain('was not rendered by offsite');
    write('host/etc/wg0.conf', '# Rendered by offsite.\n');
    expect(run('offsite_guard_ours /etc/wg0.conf').status).toBe(0);
    write('host/etc/wg0.conf', '');
    expect(run('offsite_guard_ours /etc/wg0.conf').status).toBe(0);
    expect(run('offsite_guard_ours /etc/none').status).toBe(0);
  });
});

describe('offsite_install', () => {
  test('puts what is ours at its own path, and leaves what is not', () => {
    write('root/etc/x/y', '# Rendered by offsite.\nnew\n');
    expect(run(`offsite_install root/etc/x/y ${owner} 0640`).status).toBe(0);
    expect(read('host/etc/x/y')).toContain('new');
    write('host/etc/x/y', 'somebody else wrote this\n');
    expect(run(`offsite_install root/etc/x/y ${owner} 0640`).stderr).toContain('STOP: /etc/x/y is there');
    expect(read('host/etc/x/y')).toBe('somebody else wrote this\n');
  });

  test('fills secrets in where they are left out', () => {
    write('secrets/key', 'hunter2\n');
    write('fill/etc/z', 'key=@@offsite:key:plain@@\n');
    expect(run(`offsite_install fill/etc/z ${owner} 0600`).status).toBe(0);
    expect(read('host/etc/z')).toBe('key=hunter2\n');
  });

  test('stops for datastores that were not created', () => {
    const sections = (...names: string[]): string =>
      names.map(name => `datastore: ${name}\n\tpath /x\n\n`).join('');
    write('root/etc/datastore.cfg', sections('a', 'b'));
    const install = `offsite_install_datastores root/etc/datastore.cfg ${owner} 0640`;
    expect(run(install).stderr).toContain('STOP: not created yet: a b.');
    expect(exists('host/etc/datastore.cfg')).toBe(false);
    write('host/etc/datastore.cfg', sections('b'));
    expect(run(install).stderr).toContain('STOP: not created yet: a.');
    write('host/etc/datastore.cfg', sections('b', 'a', 'theirs'));
    expect(run(install).stderr).toContain('theirs');
    write('host/etc/datastore.cfg', sections('b', 'a'));
    expect(run(install)).toMatchObject({ status: 0, stderr: '' });
    expect(read('host/etc/datastore.cfg')).toBe(sections('a', 'b'));
  });

  test.each([
    ['path /mnt/a', 'path /mnt/b', 'a (path /mnt/a, now /mnt/b)'],
    ['backing-device 1-2', 'backing-device 1-3', 'a (backing-device 1-2, now 1-3)'],
    [
      'backend bucket=old,client=a,max-cache-size=60 GiB,type=s3',
      'backend max-cache-size=60 GiB,bucket=new,type=s3',
      'a (bucket old, now new)',
    ],
  ])('a datastore that would move stops: %s', (before, after, moved) => {
    const section = (property: string) => `datastore: a\n\tcomment path x\n\t${property}\n\n`;
    const install = `offsite_install_datastores root/etc/datastore.cfg ${owner} 0640`;
    write('host/etc/datastore.cfg', section(before));
    write('root/etc/datastore.cfg', section(after));
    expect(run(install).stderr).toContain(`STOP: datastores would move: ${moved}`);
    expect(read('host/etc/datastore.cfg')).toBe(section(before));
    write('root/etc/datastore.cfg', section(`gc-schedule daily\n\t${before}`));
    expect(run(install)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    ['read-only', undefined, 'main (read-only)'],
    ['type=offline,message="disk is dying"', undefined, 'main (offline)'],
    ['s3-refresh', undefined, 'main (s3-refresh)'],
    ['delete', 'read-only', 'main (delete)'],
    ['read-only', 'offline', undefined],
    [undefined, 'read-only', undefined],
  ])('a maintenance mode that somebody has set stays: %s, and %s in the new file', (before, after, ends) => {
    const section = (mode: string | undefined) =>
      `datastore: main\n${mode === undefined ? '' : `\tmaintenance-mode ${mode}\n`}\tpath /x\n\n`;
    const install = `offsite_install_datastores root/etc/datastore.cfg ${owner} 0640`;
    write('host/etc/datastore.cfg', section(before));
    write('root/etc/datastore.cfg', section(after));
    const { status, stderr } = run(install);
    if (ends === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    else
      expect(stderr).toContain(
        `STOP: datastores are in a maintenance mode that the new file would end: ${ends}.`,
      );
    expect(read('host/etc/datastore.cfg')).toBe(section(ends === undefined ? after : before));
  });

  test('a configured datastore without its chunk store is not taken for one that is there', () => {
    write(
      'host/etc/proxmox-backup/datastore.cfg',
      'datastore: main\n\tpath /mnt/main\n\ndatastore: usb\n\tbacking-device 1-2\n\tpath store\n\n',
    );
    write('host/mnt/main/lost+found/x', '');
    expect(run('offsite_has_chunks main').stderr).toContain('no chunk store lies in /mnt/main.');
    expect(run('offsite_has_chunks main').status).toBe(1);
    expect(run('offsite_has_chunks usb')).toMatchObject({ status: 0, stderr: '' });
    write('host/mnt/main/.chunks/0000/x', '');
    expect(run('offsite_has_chunks main')).toMatchObject({ status: 0, stdout: 'datastore main exists\n' });
  });

  test('stops for sections and entries that the new file lacks', () => {
    write('host/etc/sync.cfg', 'sync: theirs\n\tstore a\n\n');
    write('root/etc/sync.cfg', 'sync: ours\n\tstore a\n\n');
    expect(run(`offsite_install_sections root/etc/sync.cfg ${owner} 0640`).stderr).toContain('theirs');
    expect(read('host/etc/sync.cfg')).toContain('theirs');
    write('host/etc/sync.cfg', 'sync: ours\n\tstore b\n\n');
    expect(run(`offsite_install_sections root/etc/sync.cfg ${owner} 0640`).status).toBe(0);
    expect(read('host/etc/sync.cfg')).toContain('store a');

    write('host/etc/acl.cfg', 'acl:1:/:a@pbs:Audit\n');
    write('root/etc/acl.cfg', 'acl:1:/:b@pbs:Audit\n');
    expect(run(`offsite_install_acl root/etc/acl.cfg ${owner} 0640`).stderr).toContain('a@pbs:Audit');
    write('host/etc/acl.cfg', '');
    expect(run(`offsite_install_acl root/etc/acl.cfg ${owner} 0640`).status).toBe(0);
    expect(read('host/etc/acl.cfg')).toContain('b@pbs');
  });
});

describe('the network', () => {
  const LIVE = 'etc/network/interfaces.d/offsite';
  const fake = 'ip() { printf "ip %s\\n" "$*"; }; ifreload() { printf "ifreload %s\\n" "$*"; };';

  test('routes that only the live fragment has are removed', () => {
    const up = (route: string): string => `\tup ip -4 route replace ${route}\n`;
    write(`root/${LIVE}`, `iface a inet static\n${up('10.2.0.0/24 via 10.1.0.1 dev a')}`);
    write(
      `host/${LIVE}`,
      `iface a inet static\n${up('10.2.0.0/24 via 10.1.0.1 dev a')}${up('10.3.0.0/24 via 10.1.0.1 dev a')}`,
    );
    const { status, stdout } = run(`${fake} offsite_drop_routes root/${LIVE}`);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'ip -4 route del 10.3.0.0/24 via 10.1.0.1 dev a\n',
    });
  });

  test('in another directory nothing is taken for removed', () => {
    write(`host/${LIVE}`, 'iface a inet static\n\tup ip -4 route replace 10.3.0.0/24 via 10.1.0.1 dev a\n');
    const { status, stdout, stderr } = run(`${fake} cd /; offsite_drop_routes root/${LIVE}`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(`STOP: root/${LIVE} is not in /: change into the copy of out/ first\n`);
  });

  test('a route that is the end of another one is removed', () => {
    write(`root/${LIVE}`, '\tup ip -4 route replace 110.3.0.0/24 via 10.1.0.1 dev a\n');
    write(`host/${LIVE}`, '\tup ip -4 route replace 10.3.0.0/24 via 10.1.0.1 dev a\n');
    expect(run(`${fake} offsite_drop_routes root/${LIVE}`).stdout).toBe(
      'ip -4 route del 10.3.0.0/24 via 10.1.0.1 dev a\n',
    );
  });

  test('without a live fragment there is nothing to remove', () => {
    write(`root/${LIVE}`, '');
    expect(run(`${fake} offsite_drop_routes root/${LIVE}`)).toMatchObject({ status: 0, stdout: '' });
  });

  test('the main file sources the fragments, once', () => {
    write('host/etc/network/interfaces', 'auto lo\n');
    const { status, stdout } = run(`${fake} offsite_reload_network; offsite_reload_network`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'ifreload -a\nifreload -a\n' });
    expect(read('host/etc/network/interfaces')).toBe('auto lo\nsource /etc/network/interfaces.d/*\n');
  });

  test.each([
    ['auto lo', 'auto lo\nsource /etc/network/interfaces.d/*\n'],
    [
      'source /etc/network/interfaces.d/*.cfg\n',
      'source /etc/network/interfaces.d/*.cfg\nsource /etc/network/interfaces.d/*\n',
    ],
    // Debian's ifupdown2 3.0.0 knows no source-directory, that of Proxmox does.
    [
      'source-directory /etc/network/interfaces.d\n',
      'source-directory /etc/network/interfaces.d\nsource /etc/network/interfaces.d/offsite*\n',
    ],
    [
      'source /etc/network/interfaces.d\n',
      'source /etc/network/interfaces.d\nsource /etc/network/interfaces.d/*\n',
    ],
    ['source  /etc/network/interfaces.d/* \n', 'source  /etc/network/interfaces.d/* \n'],
  ])('a main file %j sources it then', (before, after) => {
    write('host/etc/network/interfaces', before);
    expect(run(`${fake} offsite_reload_network; offsite_reload_network`).status).toBe(0);
    expect(read('host/etc/network/interfaces')).toBe(after);
  });

  describe('ifupdown2 in the place of ifupdown', () => {
    const tools = ['apt-get', 'systemd-run', 'dpkg']
      .map(name => `${name}() { echo "${name} $*"; };`)
      .join(' ');
    const put = `${tools} ip() { cat default 2>/dev/null; }; offsite_replace_ifupdown eth0 eth1`;
    const main = (...lines: string[]) => write('host/etc/network/interfaces', `${lines.join('\n')}\n`);

    test.each([
      [
        'something else runs the network',
        ['auto lo'],
        '/etc/network/interfaces has no eth0: something else runs',
      ],
      ['a NIC of another name', ['auto eth01', 'iface eth01 inet dhcp'], 'has no eth0: '],
      [
        'one that ifupdown2 would leave down',
        ['auto eth0', 'iface eth0 inet dhcp', 'allow-hotplug eth1', 'iface eth1 inet dhcp'],
        'eth1 has no line "auto eth1"',
      ],
    ])('stops where %s', (_, lines, message) => {
      main(...lines);
      const { status, stdout, stderr } = run(put);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(`STOP: `);
      expect(stderr).toContain(message);
    });

    test.each(['source-directory /etc/network/interfaces.d', 'source interfaces.d/*'])(
      'stops where a NIC stands in what `%s` reads, and ifupdown2 does not',
      line => {
        main('auto lo eth0', 'iface eth0 inet dhcp', line);
        write('host/etc/network/interfaces.d/more', 'auto eth1\niface eth1 inet manual\n');
        expect(run(put)).toMatchObject({ status: 1, stdout: '' });
        expect(run(put).stderr).toContain('STOP: /etc/network/interfaces has no eth1: ');
      },
    );

    test('stops where the default route leaves by a NIC that nobody declared', () => {
      main('auto eth0 eth1', 'iface eth0 inet manual', 'iface eth1 inet manual');
      write('default', 'default via 10.0.0.1 dev eth2 proto dhcp metric 100 \n');
      expect(run(put).stderr).toContain('STOP: /etc/network/interfaces has no eth2');
      const six = put.replace('ip() { cat default', 'ip() { [ "$2" = -4 ] || cat default');
      expect(run(six).stderr).toContain('STOP: /etc/network/interfaces has no eth2');
    });

    test('is downloaded with the way back first, and goes on without this shell', () => {
      main('auto lo eth0', 'iface eth0 inet dhcp', 'source /etc/network/interfaces.d/*');
      write('host/etc/network/interfaces.d/more', 'auto eth1\niface eth1 inet manual\n');
      const { status, stdout } = run(put);
      expect(status).toBe(0);
      expect(stdout.split('\n').map(line => line.replace(/ -c .*/, ''))).toEqual([
        'apt-get update',
        'apt-get install -y --download-only ifupdown2',
        'apt-get download ifupdown',
        'systemd-run --wait --pipe --collect --setenv=DEBIAN_FRONTEND=noninteractive sh',
        '',
      ]);
      expect(
        run(`apt-get() { return 1; }; ${put.replace('apt-get() { echo "apt-get $*"; };', '')}`).stdout,
      ).toBe('');
    });

    test('is left alone where it is', () => {
      write('host/usr/sbin/ifreload', '');
      expect(run(put)).toEqual({ status: 0, stdout: '', stderr: '' });
    });
  });

  test('changes that wait in the web interface stop it before anything is changed', () => {
    write('host/etc/network/interfaces', 'auto lo\n');
    write('host/etc/network/interfaces.new', 'auto lo\n');
    const { status, stdout, stderr } = run(`${fake} offsite_reload_network`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('STOP: the web interface has network changes');
    expect(read('host/etc/network/interfaces')).toBe('auto lo\n');
  });
});

describe('mount points', () => {
  const say = (name: string): string => `${name}() { printf '${name} %s\\n' "$*"; };`;
  /** Mounted is what stands in the file `mounted`. */
  const fake = `mountpoint() { grep -qxF "$2" mounted 2>/dev/null; }; findmnt() { case $1 in -s) echo /dev/a;; *) cat source 2>/dev/null;; esac; }; ${['chattr', 'umount'].map(say).join(' ')} mount() { printf 'mount %s\\n' "$*"; echo "$1" >>mounted; };`;

  test('bare and immutable first, then mounted', () => {
    expect(run(`${fake} offsite_mount at/b mount at/b && echo owned`)).toEqual({
      status: 0,
      stdout: 'chattr +i at/b\nmount at/b\nowned\n',
      stderr: '',
    });
    expect(fs.statSync(path.join(work, 'at/b')).isDirectory()).toBe(true);
  });

  test('a file system without the flag is said, and mounted on all the same', () => {
    const { status, stdout, stderr } = run(
      `${fake} chattr() { return 1; }; offsite_mount at systemctl-start x; systemctl-start() { echo "$@"; echo at >mounted; }; offsite_mount at systemctl-start x`,
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'x\n' });
    expect(stderr).toContain('at stays writable while nothing is mounted');
  });

  test('a mount that did nothing is no mount', () => {
    const { status, stdout, stderr } = run(`${fake} mount() { :; }; offsite_mount at mount at && echo owned`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'chattr +i at\n' });
    expect(stderr).toBe('STOP: nothing is mounted on at: is its device there?\n');
    expect(exists('kept/made')).toBe(false);
  });

  test('nothing is mounted over files, nor twice', () => {
    write('at/file', 'x');
    const full = run(`${fake} offsite_mount at mount at && echo owned`);
    expect(full).toMatchObject({ status: 1, stdout: '' });
    expect(full.stderr).toContain('STOP: at holds files on the disk below');
    write('mounted', 'at\n');
    expect(run(`${fake} offsite_mount at mount at && echo owned`)).toMatchObject({
      status: 0,
      stdout: 'owned\n',
    });
    write('source', '/dev/a\n');
    expect(run(`${fake} offsite_mount at mount at`)).toMatchObject({ status: 0, stdout: '' });
    write('source', '/dev/b\n');
    const other = run(`${fake} offsite_mount at mount at && echo owned`);
    expect(other).toMatchObject({ status: 1, stdout: '' });
    expect(other.stderr).toContain('STOP: /dev/b is mounted on at, and fstab lists /dev/a');
  });

  test('a subvolume, and another device of the same file system, are what is listed', () => {
    const shown = (script: string) =>
      run(`mountpoint() { :; }; findmnt() { ${script}; }; offsite_mount at mount at && echo owned`).stdout;
    expect(shown('case "$*" in *UUID*) echo 4-2;; "-s "*) echo /dev/a;; *) echo /dev/b;; esac')).toBe(
      'owned\n',
    );
    expect(
      shown('case "$*" in *UUID*) ;; *" -v "* | "-s "*) echo /dev/a;; *) echo "/dev/a[/sub]";; esac'),
    ).toBe('owned\n');
    expect(shown('case "$*" in *UUID*) ;; "-s "*) echo /dev/a;; *) echo /dev/b;; esac')).toBe('');
  });

  test('what was mounted before stays', () => {
    const back = 'offsite_unmake "mount at" offsite_umount at';
    expect(run(`${fake} offsite_mount at mount at; mountpoint() { false; }; ${back}`).stdout).toBe(
      'chattr +i at\nmount at\nchattr -i at\n',
    );
    write('mounted', 'at\n');
    const found = run(`${fake} offsite_mount at mount at; ${back}`);
    expect(found).toMatchObject({ status: 1, stdout: '' });
    expect(found.stderr).toContain('STOP: mount at was not made since');
  });

  test('an automount is stopped first', () => {
    expect(run(`${fake} ${say('systemctl')} offsite_umount at at.automount`).stdout).toBe(
      'systemctl stop at.automount\nchattr -i at\n',
    );
  });

  test('only the bare directory loses the flag', () => {
    write('mounted', 'at\n');
    const stacked = run(`${fake} offsite_umount at`);
    expect(stacked).toMatchObject({ status: 1, stdout: 'umount at\n' });
    expect(stacked.stderr).toContain('STOP: something else is mounted on at');
    expect(run(`${fake} umount() { rm mounted; }; offsite_umount at`).stdout).toBe('chattr -i at\n');
    expect(run(`${fake} offsite_umount at`).stdout).toBe('chattr -i at\n');
    write('mounted', 'at\n');
    const busy = run(`${fake} umount() { return 32; }; offsite_umount at`);
    expect(busy).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('accounts of PBS', () => {
  /** Lists what is in the file `known`, as PBS prints it. */
  const fake = `proxmox-backup-manager() { case $2 in list*) cat known 2>/dev/null; true;; *) printf '%s\\n' "$*";; esac; };`;

  test.each([
    ['none', '[]', 'user create sync@pbs\n'],
    ['one whose name begins like it', '[{"enable":true,"userid":"sync@pbs2"}]', 'user create sync@pbs\n'],
    ['the user', '[{"enable":true,"userid":"sync@pbs"}]', ''],
  ])('a user is created once: %s is listed', (_, known, stdout) => {
    write('known', known);
    expect(run(`${fake} offsite_user sync@pbs`)).toEqual({ status: 0, stdout, stderr: '' });
  });

  test('only what was made since the functions were loaded is removed', () => {
    const back = 'offsite_unmake "user sync@pbs" proxmox-backup-manager user remove sync@pbs';
    write('known', '[{"userid":"sync@pbs"}]');
    const found = run(`${fake} offsite_user sync@pbs; ${back}`);
    expect(found).toMatchObject({ status: 1, stdout: '' });
    expect(found.stderr).toContain('STOP: user sync@pbs was not made since the functions were loaded');
    write('known', '[]');
    const made = run(`${fake} offsite_user sync@pbs2; offsite_user sync@pbs; ${back}; ${back}`);
    expect(made.stdout).toBe('user create sync@pbs2\nuser create sync@pbs\nuser remove sync@pbs\n');
    expect(made.stderr).toContain('STOP: ');
    expect(read('kept/made')).toBe('user sync@pbs2\n');
  });

  test('units that ran before go on running', () => {
    const systemd =
      'systemctl() { case $1 in is-enabled) grep -qxF "$3" enabled;; *) echo "$*";; esac; }; touch enabled;';
    write('enabled', 'b.timer\n');
    const { stdout, stderr } = run(
      `${systemd} offsite_enable a.timer b.timer; offsite_disable a.timer b.timer`,
    );
    expect(stdout).toBe('enable a.timer\nstart a.timer b.timer\ndisable --now a.timer\n');
    expect(stderr).toContain('STOP: unit b.timer was not made since');
  });

  test('what could not be made, or not be removed, is noted as it is', () => {
    run('offsite_make "user a" false; offsite_make "user b" true; offsite_unmake "user b" false');
    expect(read('kept/made')).toBe('user b\n');
  });

  test('a token is generated once; later it is said how to make a new secret', () => {
    write('known', '[{"tokenid":"sync@pbs!dc2"}]');
    expect(run(`${fake} offsite_token sync@pbs dc`).stdout).toBe('user generate-token sync@pbs dc\n');
    write('known', '[{"enable":true,"tokenid":"sync@pbs!dc"}]');
    const { status, stdout } = run(`${fake} offsite_token sync@pbs dc`);
    expect(status).toBe(0);
    expect(stdout).toContain('token sync@pbs!dc exists.');
    expect(stdout).toContain(
      '  proxmox-backup-debug api set /access/users/sync@pbs/token/dc --regenerate true\n',
    );
    expect(stdout).not.toContain('generate-token');
  });
});

describe('merging', () => {
  test('sections of the same id are replaced whatever their type, foreign ones and comments stay', () => {
    const own = 'dir: local\n\tpath /var/lib/vz\n\tcontent iso\n\n';
    const foreign = '# by hand\nlvm: foreign\n\tvgname vg\n\n';
    write('host/etc/storage.cfg', `# default\n${own}cifs: nas\n\tserver x\n\n${foreign}`);
    const fresh = 'dir: local\n\tpath /var/lib/vz\n\tcontent iso,vztmpl\n\nnfs: nas\n\tserver y\n\n';
    write('new', fresh);
    run(`offsite_merge_sections new /etc/storage.cfg ${owner} 0640`);
    expect(read('host/etc/storage.cfg')).toBe(foreign + fresh);
  });

  const merge = `offsite_merge_sections new /etc/storage.cfg ${owner} 0640`;

  test.each([
    ['blanks', 'dir: a\n\tpath /a\n \t\ndir: b\n\tpath /b\n', 'line 4'],
    ['CR', 'dir: a\r\n\tpath /a\r\n\r\ndir: b\r\n\tpath /b\r\n', 'line 4'],
    ['nothing', 'dir: a\n\tpath /a\n# c\ndir: b\n\tpath /b\n', 'line 4'],
  ])('sections that PVE does not see stop it: %s between them', (_, live, where) => {
    write('host/etc/storage.cfg', live);
    write('new', 'dir: a\n\tpath /c\n\n');
    const { status, stderr } = run(merge);
    expect(status).toBe(1);
    expect(stderr).toContain(`STOP: /etc/storage.cfg begins a section at ${where} and the line above`);
    expect(read('host/etc/storage.cfg')).toBe(live);
  });

  test.each([
    ['no end of line at the end', 'dir: a\n\tpath /a\n\ndir: b\n\tpath /b', 'dir: b\n\tpath /b\n\n'],
    [
      'a line of blanks that ends nothing',
      'dir: b\n\tpath /b\n \n\n  \n\ndir: a\n\tpath /a\n',
      'dir: b\n\tpath /b\n \n\n  \n\n',
    ],
    ['a comment of nobody', '# mine\n\ndir: a\n\tpath /a\n', '# mine\n\n'],
    ['one section with CR', 'dir: a\r\n\tpath /a\r\n', ''],
    ['a type with an underscore', 'my_type: b\n\tx y\n\n', 'my_type: b\n\tx y\n\n'],
  ])('%s', (_, live, kept) => {
    write('host/etc/storage.cfg', live);
    const ours = 'dir: a\n\tpath /c\n\n';
    write('new', ours);
    expect(run(merge)).toMatchObject({ status: 0, stderr: '' });
    expect(read('host/etc/storage.cfg')).toBe(kept + ours);
  });

  test('jobs wait for the storages that they write to', () => {
    write('new', 'vzdump: x\n\tstorage raw\n\nvzdump: y\n\tstorage local\n\n');
    const jobs = `offsite_merge_jobs new /etc/pve/jobs.cfg ${owner} 0640`;
    expect(run(jobs).stderr).toContain('STOP: jobs write to storages that do not exist: raw.');
    write('host/etc/pve/storage.cfg', 'cifs: raw2\n\tserver x\n');
    expect(run(jobs).status).toBe(1);
    expect(exists('host/etc/pve/jobs.cfg')).toBe(false);
    write('host/etc/pve/storage.cfg', 'cifs: raw\n\tserver x\n');
    expect(run(jobs)).toMatchObject({ status: 0, stderr: '' });
    expect(read('host/etc/pve/jobs.cfg')).toBe(read('new'));
  });

  test('an empty file of ours keeps what is there', () => {
    write('host/etc/jobs.cfg', 'vzdump: foreign\n\tschedule 01:00\n\n');
    write('new', '');
    expect(run(`offsite_merge_sections new /etc/jobs.cfg ${owner} 0640`).status).toBe(0);
    expect(read('host/etc/jobs.cfg')).toBe('vzdump: foreign\n\tschedule 01:00\n\n');
  });

  test('the marked block of fstab is replaced, every other line stays', () => {
    write(
      'host/etc/fstab',
      'UUID=1 / ext4 defaults 0 1\n# BEGIN offsite\nold\n# END offsite\n/swap none swap sw 0 0\n',
    );
    write('new', '# BEGIN offsite\nnew\n# END offsite\n');
    run(`offsite_merge_block new /etc/fstab ${owner} 0644`);
    expect(read('host/etc/fstab')).toBe(
      'UUID=1 / ext4 defaults 0 1\n/swap none swap sw 0 0\n# BEGIN offsite\nnew\n# END offsite\n',
    );
  });

  test('a block without end stops, and nothing after it is lost', () => {
    const live = '# BEGIN offsite\nold\n/swap none swap sw 0 0\n';
    write('host/etc/fstab', live);
    write('new', '# BEGIN offsite\n# END offsite\n');
    expect(run(`offsite_merge_block new /etc/fstab ${owner} 0644`).status).not.toBe(0);
    expect(read('host/etc/fstab')).toBe(live);
  });

  test('a line of somebody else for a mount point of ours stops', () => {
    write('new', '# BEGIN offsite\nUUID=2 /mnt/b ext4 nofail 0 0\n# END offsite\n');
    const merge = `offsite_merge_block new /etc/fstab ${owner} 0644`;
    for (const line of ['UUID=3 /mnt/b ext4 defaults 0 2', 'UUID=3\t/mnt/b/\text4\tdefaults\t0\t2']) {
      write('host/etc/fstab', `UUID=1 / ext4 defaults 0 1\n${line}\n`);
      const { status, stderr } = run(merge);
      expect(status).toBe(1);
      expect(stderr).toContain('STOP: /etc/fstab has lines of its own for /mnt/b: remove them first');
      expect(read('host/etc/fstab')).toContain(line);
    }
    write('host/etc/fstab', '# UUID=3 /mnt/b ext4 defaults 0 2\n\nUUID=3 /mnt/bc ext4 defaults 0 2\n');
    expect(run(`${merge} && ${merge}`)).toMatchObject({ status: 0, stderr: '' });
  });

  test('what cannot be read is not merged', () => {
    const fake = 'postconf() { :; };';
    expect(run(`offsite_merge_keys new /etc/vzdump.conf ${owner} 0644`).status).toBe(1);
    expect(run(`${fake} offsite_merge_postfix new /etc/main.cf ${owner} 0644`).status).toBe(1);
    expect(fs.readdirSync(path.join(work, 'host/etc'))).toEqual([]);
    write('new', '# nothing is declared\n');
    expect(run(`offsite_merge_keys new /etc/vzdump.conf ${owner} 0644`).status).toBe(0);
  });

  test('keys are set, other keys and comments stay', () => {
    write('host/etc/vzdump.conf', '# vzdump default settings\n#tmpdir: DIR\nlockwait: 60\ntmpdir: /old\n');
    write('new', 'tmpdir: /var/tmp\n');
    run(`offsite_merge_keys new /etc/vzdump.conf ${owner} 0644`);
    expect(read('host/etc/vzdump.conf')).toBe(
      '# vzdump default settings\n#tmpdir: DIR\nlockwait: 60\ntmpdir: /var/tmp\n',
    );
  });
});

describe('offsite_on_zfs', () => {
  // As findmnt(8) of a host with two pools, the root file system in one of them or on ext4.
  const findmnt = (root: string) => `findmnt() {
    local at="\${@: -1}" found="${root}"
    case $at in */tank*) found="zfs tank\${at##*/tank}" ;; */shared*) found='zfs tank/data[/shared]' ;; */other*) found='zfs tankard' ;; esac
    case "$* $found" in *'-t zfs'*' zfs '*) ;; *'-t zfs'*) return 1 ;; esac
    echo "\${found#* }"
  }; mkdir -p "$ROOT/tank/store" "$ROOT/shared" "$ROOT/other";`;
  const EXT4 = findmnt('ext4 /dev/sda1');
  const RPOOL = findmnt('zfs rpool/ROOT/pve-1');

  test.each([
    ['/tank/store', EXT4],
    ['/tank/new/below', EXT4],
    ['/tank', RPOOL],
    ['/shared/x', EXT4],
  ])('%s lies in the pool', (directory, fake) => {
    expect(run(`${fake} offsite_on_zfs ${directory} tank`)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.each([
    ['/tnak/store', EXT4, '/dev/sda1'],
    ['/tnak/store', RPOOL, 'rpool/ROOT/pve-1'],
    ['/other/x', EXT4, 'tankard'],
  ])('%s does not', (directory, fake, on) => {
    const { status, stderr } = run(`${fake} offsite_on_zfs ${directory} tank`);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `STOP: ${directory} would not lie in the ZFS pool tank, but on ${on}: is the pool imported and mounted, and the path right?\n`,
    );
  });
});

test('a check that fails says so at the prompt, and only there; what stops has said why', () => {
  const checks =
    '. ./apply-functions.sh; test "$(echo 1)" = 2; test 1 = 1; test -s none || true; (! true); (! false); offsite_stop x';
  const typed = (options: string) =>
    spawnSync('bash', ['--norc', options, checks], { cwd: work, encoding: 'utf8' }).stderr;
  const said = typed('-ic')
    .split('\n')
    .filter(line => /^(?:exit status|STOP)/.test(line));
  expect(said).toEqual(['exit status 1: test "$(echo 1)" = 2', 'exit status 1: ( ! true )', 'STOP: x']);
  expect(typed('-c')).toBe('STOP: x\n');
});

test('aliases of the person at the prompt change neither the functions nor the checks', () => {
  write('host/etc/x', 'old\n');
  write('new', 'new\n');
  const typed = [
    "alias mv='echo moved'",
    "alias cp='echo copied' grep='echo found'",
    '. ./apply-functions.sh',
    `offsite_put new /etc/x ${owner} 0600`,
    'grep new host/etc/x',
  ];
  const env = { ...process.env, ROOT: path.join(work, 'host'), OFFSITE_KEPT: path.join(work, 'kept') };
  const { stdout } = spawnSync('bash', ['--norc', '-i'], {
    cwd: work,
    env,
    encoding: 'utf8',
    input: typed.join('\n'),
  });
  expect(stdout).toBe('new\n');
  expect(read('kept/etc/x')).toBe('old\n');
});

test.each(['set -e', 'set -euo pipefail'])('a shell with `%s` goes on', options => {
  const { status, stderr } = run(
    `${options}; findmnt() { return 1; }; offsite_make it true; offsite_unmake it true; offsite_is_listed /mnt/x; offsite_drop_routes root/etc/none`,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.skipIf(missingTool('shellcheck'))('the file passes shellcheck', () => {
  execFileSync('shellcheck', ['-s', 'bash', path.join(work, 'apply-functions.sh')]);
});
