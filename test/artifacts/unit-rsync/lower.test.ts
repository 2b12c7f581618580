import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { splitExec } from '../../../src/formats/systemd-unit/exec.ts';
import { estate, outcome, settingIn, told } from '../unit-trigger/estate.ts';

const UNIT = (host: string, flow: string): string =>
  `${host}/root/etc/systemd/system/offsite-${flow}.service`;
const push = (more = ''): string =>
  `copy: { kind: rsync, from: local:dump, to: vault:in, account: to-far, via: home/lan${more} }`;
const pull = (more = ''): string =>
  `copy: { kind: rsync, from: raw:dump, to: local:in, run_on: mover, account: to-nas, via: home/lan${more} }`;

const COPY = `# Rendered by offsite.
[Unit]
Description=Flow copy: rsync from local to vault (50% "off" $HOME \\)
Wants=network-online.target
After=network-online.target remote-fs.target
OnFailure=offsite-alert@%N.service

[Service]
Type=oneshot
LoadCredential=ssh-key:/etc/offsite/secrets/ssh-to-far.key
Environment="RSYNC_RSH=/usr/bin/ssh -F /dev/null -i %d/ssh-key -o BindAddress=10.1.0.6 -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/etc/offsite/known_hosts -o ConnectTimeout=30 -o ConnectionAttempts=10 -o ServerAliveInterval=30"
RuntimeDirectory=offsite
RuntimeDirectoryPreserve=yes
ExecStartPre=/bin/sh -c "test -n \\"$$(find \\"$$1\\" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)\\" || { echo \\"nothing to copy in $$1\\"; exit 74; }" sh /srv/local/dump/
ExecStart=/usr/bin/flock --exclusive --nonblock --conflict-exit-code 75 %t/offsite/copy.lock /usr/bin/rsync --recursive --times --links --timeout=600 --partial --bwlimit=1953 "--exclude=vzdump-*.dat" "--exclude=vzdump-*.tmp/" "--exclude=[!a]*" --stats /srv/local/dump/ receiver@10.1.0.7:./
ExecStartPost=+/usr/local/lib/offsite/mark-success copy
SuccessExitStatus=24
TimeoutStartSec=24h
Nice=10
IOSchedulingClass=idle
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
CapabilityBoundingSet=CAP_DAC_READ_SEARCH
UMask=0077
`.replace('50%', '50%%');

test('the unit of a push', () => {
  const comment = `comment: '50% "off" $HOME \\'`;
  const { texts } = outcome(estate(push(`, rate: 2 MB/s, exclude: ["[!a]*"], takes: 12h, ${comment}`)));
  expect(texts.get(UNIT('mover', 'copy'))).toBe(COPY);
});

describe('flags', () => {
  const flagsOf = (flow: string): string => {
    const { texts } = outcome(estate(flow));
    return settingIn(texts.get(UNIT('mover', 'copy')), 'ExecStart').replace(
      /^.* \/usr\/bin\/rsync --recursive --times --links --timeout=600 /,
      '',
    );
  };
  const always = '"--exclude=vzdump-*.dat" "--exclude=vzdump-*.tmp/" --stats';
  test.each([
    ['never deletes, resumes', push(), `--partial ${always} /srv/local/dump/ receiver@10.1.0.7:./`],
    [
      'nothing partial under a final name',
      push(', overwrite: false'),
      `--ignore-existing ${always} /srv/local/dump/ receiver@10.1.0.7:/srv/vault/in/`,
    ],
    [
      'deletions only where declared',
      push(', propagate_deletions: true'),
      `--max-delete=100 --delete-delay --partial ${always} /srv/local/dump/ receiver@10.1.0.7:./`,
    ],
    [
      'as many as declared',
      push(', propagate_deletions: true, max_delete: 7'),
      `--max-delete=7 --delete-delay --partial ${always} /srv/local/dump/ receiver@10.1.0.7:./`,
    ],
    [
      'max_delete alone deletes nothing',
      push(', max_delete: 7'),
      `--partial ${always} /srv/local/dump/ receiver@10.1.0.7:./`,
    ],
    [
      'a limit is never 0',
      push(', rate: 1 B/s'),
      `--partial --bwlimit=1 ${always} /srv/local/dump/ receiver@10.1.0.7:./`,
    ],
    ['a pull', pull(), `--partial ${always} backup@10.1.0.5:/volume1/raw/dump/ /srv/local/in/`],
  ])('%s', (_, flow, flags) => {
    expect(flagsOf(flow)).toBe(flags);
  });
});

test('a pull may write to its directory and nowhere else, and reaches the port of the far end', () => {
  const { texts, lowered } = outcome(estate(pull()));
  const unit = texts.get(UNIT('mover', 'copy'));
  expect(settingIn(unit, 'ReadWritePaths')).toBe('/srv/local/in');
  expect(settingIn(unit, 'CapabilityBoundingSet')).toBe('CAP_DAC_OVERRIDE CAP_FOWNER');
  expect(settingIn(unit, 'ExecStartPre')).toBe('/usr/bin/test -d /srv/local/in/');
  expect(unit).toContain(' -p 2022 ');
  expect(lowered.needs).toContainEqual(expect.objectContaining({ kind: 'directory', name: '/srv/local/in' }));
});

test('a share of another host must be mounted', () => {
  const third =
    'copy: { kind: rsync, from: raw:dump, to: vault:in, run_on: mover, account: to-far, via: home/lan }';
  const { texts } = outcome(estate(third));
  const checks = texts
    .get(UNIT('mover', 'copy'))
    ?.split('\n')
    .filter(line => line.startsWith('ExecStartPre='));
  expect(checks).toEqual([
    expect.stringMatching(/^ExecStartPre=\/bin\/sh -c ".*" sh \/mnt\/offsite\/raw\/dump\/$/),
    'ExecStartPre=/usr/bin/mountpoint -q /mnt/offsite/raw',
  ]);
});

test('a source that holds nothing fails, and says so', () => {
  const { texts } = outcome(estate(push()));
  const [, script = ''] =
    splitExec(settingIn(texts.get(UNIT('mover', 'copy')), 'ExecStartPre')).commands[0]?.args.map(
      ({ text }) => text,
    ) ?? [];
  const dir = mkdtempSync(join(tmpdir(), 'offsite-source-'));
  const check = (directory: string) => spawnSync('sh', ['-c', script, 'sh', directory], { encoding: 'utf8' });
  expect(check(`${dir}/`)).toMatchObject({ status: 74, stdout: `nothing to copy in ${dir}/\n`, stderr: '' });
  mkdirSync(join(dir, 'lost+found'));
  expect(check(`${dir}/`)).toMatchObject({ status: 74 });
  expect(check(`${dir}/none/`)).toMatchObject({ status: 74 });
  writeFileSync(join(dir, '.hidden'), '');
  expect(check(`${dir}/`)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  rmSync(dir, { recursive: true });
});

test('IPv6 addresses stand in brackets where rsync wants it', () => {
  const six = (text: string): string =>
    text
      .replaceAll('10.1.0.0/24', 'fd00::/64')
      .replaceAll(/10\.1\.0\.(\d)/g, 'fd00::$1')
      .replaceAll('subnet:', 'subnet6:')
      .replaceAll('address:', 'address6:');
  const { texts } = outcome(estate(push(), six));
  expect(settingIn(texts.get(UNIT('mover', 'copy')), 'ExecStart')).toContain(' "receiver@[fd00::7]:./"');
  expect(texts.get(UNIT('mover', 'copy'))).toContain(' -o BindAddress=fd00::6 ');
});

test('Debian 11: no credentials directory, no OnSuccess', () => {
  const flows = `${push()}\nnext: { kind: rsync, from: local, to: vault, account: to-far, via: home/lan, trigger: { after: copy } }`;
  const { texts } = outcome(estate(flows, text => text.replace('linux: "12"', 'linux: "11"')));
  const unit = texts.get(UNIT('mover', 'copy')) ?? '';
  expect(unit).not.toMatch(/LoadCredential|OnSuccess|%d/);
  expect(unit).toContain(' -i /etc/offsite/secrets/ssh-to-far.key ');
  expect(unit).toContain('ExecStartPost=+/usr/bin/systemctl start --no-block offsite-next.service\n');
});

describe('what cannot be rendered', () => {
  const smb = (text: string): string =>
    text.replace('path: /volume1/raw }', 'path: /volume1/raw, protocol: smb }');
  const third = 'copy: { kind: rsync, from: raw, to: vault, run_on: mover, account: to-far, via: home/lan }';
  const noAddress = (text: string): string =>
    text.replace('eth0: { vlan: lan, address: 10.1.0.7 }', 'eth0: { vlan: lan, dhcp: true }');
  test.each([
    ['a share without NFS', estate(third, smb), ['error share-not-mounted flows.copy.from']],
    ['no address', estate(push(), noAddress), ['error no-address-on-via flows.copy.via']],
    ['neither', estate(third), []],
  ])('%s', (_, topology, codes) => {
    expect(told(outcome(topology).lowered.diagnostics)).toEqual(codes);
  });
});

test('every fact of a unit has a cause in the topology', () => {
  const { lowered } = outcome(estate(push(', rate: 2 MB/s, schedule: "02:30"')));
  for (const { facts } of lowered.artifacts)
    for (const { causes } of facts) expect(causes.length).toBeGreaterThan(0);
  const unit = lowered.artifacts.find(({ path }) => path.endsWith('copy.service'));
  const exec = unit?.facts.find(({ at }) => at === 'Service/ExecStart[0]');
  expect(exec?.causes).toContainEqual(['flows', 'copy', 'rate']);
  expect(exec?.causes).toContainEqual(['hosts', 'far', 'nics', 'eth0', 'address']);
});
