import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { installCommands, installSteps } from '../../../src/artifacts/apply/install.ts';
import { lowerApply } from '../../../src/artifacts/apply/lower.ts';
import { orderTargets } from '../../../src/artifacts/apply/order.ts';
import { type ApplyStep, emptyLowered, type Lowered, targetsOf } from '../../../src/artifacts/lowering.ts';
import { rendered } from '../../support/render.ts';
import { topologyOf } from '../../support/topology.ts';
import { pair } from '../wireguard/deployment.ts';

const step = (title: string, phase: ApplyStep['phase'], order: number): ApplyStep => ({
  target: 'pbs-a',
  phase,
  order,
  title,
  text: [],
  commands: [`echo ${title}`],
  causes: [['hosts', 'pbs-a']],
});

function applyPair(lowered: Partial<Lowered>) {
  const topology = topologyOf(pair());
  const sum = { ...emptyLowered, ...lowered };
  return lowerApply(topology, sum, orderTargets(topology, targetsOf(sum)));
}

const titles = (lowered: Partial<Lowered>): string[] => {
  const files = rendered(applyPair(lowered));
  return [...(files.get('pbs-a/APPLY.md') ?? '').matchAll(/^## \d+\. (.*)$/gm)].map(match => match[1] ?? '');
};

test('steps come by phase, then by order, then by title', () => {
  const steps = [
    step('c', 'jobs', 1),
    step('b', 'network', 60),
    step('z', 'network', 20),
    step('a', 'network', 60),
  ];
  expect(titles({ steps })).toEqual(['Load the functions', 'z', 'a', 'b', 'c']);
});

test('what must exist is made first, secrets are asked for and removed at the end', () => {
  const causes = [['hosts', 'pbs-a']];
  const needs: Lowered['needs'] = [
    { target: 'pbs-a', kind: 'package', name: 'open-iscsi', causes },
    { target: 'pbs-a', kind: 'user', name: 'mirror', causes },
    {
      target: 'pbs-a',
      kind: 'directory',
      name: '/etc/x',
      mode: '0700',
      owner: 'root',
      group: 'root',
      causes,
    },
    { target: 'pbs-a', kind: 'secret', name: 'token', placed: '/etc/x/token', what: 'a token', causes },
  ];
  expect(titles({ needs, steps: [step('work', 'units', 1)] })).toEqual([
    'Load the functions',
    'Packages',
    'Users',
    'Directories',
    'Secrets to have at hand',
    'work',
    'Remove the secrets from the working directory',
  ]);
});

const apply = (lowered: Partial<Lowered>): string => rendered(applyPair(lowered)).get('pbs-a/APPLY.md') ?? '';

test('a check that something has gone stands in a subshell: of `!` alone the prompt says nothing', () => {
  const check = ['! pvesm status', 'test -e /x'];
  expect(apply({ steps: [{ ...step('gone', 'units', 1), check }] })).toContain(
    '\n(! pvesm status)\ntest -e /x\n',
  );
});

test('the copy has both folders, and stays closed to others', () => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-copy-'));
  try {
    const host = path.join(work, 'host');
    for (const file of ['out/_shared/apply-functions.sh', 'out/pbs-a/root/etc/x']) {
      fs.mkdirSync(path.dirname(path.join(work, file)), { recursive: true });
      fs.writeFileSync(path.join(work, file), 'new\n');
    }
    const copy = /Copy it to the host: `(.*?)`/.exec(apply({ steps: [step('work', 'units', 1)] }))?.[1] ?? '';
    const here = copy.replaceAll('/root/offsite', host).replace(/ssh \S+/, 'sh -c');
    // Again over what an earlier copy left.
    for (const stale of ['', 'root/etc/old']) {
      if (stale !== '') fs.writeFileSync(path.join(host, stale), 'old\n');
      execFileSync('sh', ['-c', here], { cwd: work });
      expect(fs.readdirSync(host, { recursive: true }).sort()).toEqual([
        'apply-functions.sh',
        'root',
        'root/etc',
        'root/etc/x',
      ]);
      expect(fs.statSync(host).mode & 0o777).toBe(0o700);
    }
  } finally {
    fs.rmSync(work, { recursive: true });
  }
});

test('packages ask nothing', () => {
  const needs: Lowered['needs'] = [{ target: 'pbs-a', kind: 'package', name: 'postfix', causes: [] }];
  expect(apply({ needs })).toContain(
    '\nDEBIAN_FRONTEND=noninteractive apt-get install -y --no-upgrade postfix\n',
  );
});

test('a secret that a program asks for itself is not asked for before', () => {
  const secret = {
    target: 'pbs-a',
    kind: 'secret',
    placed: '/etc/x',
    what: 'a password',
    causes: [],
  } as const;
  const text = apply({
    needs: [
      { ...secret, name: 'typed', typed: true },
      { ...secret, name: 'stored' },
    ],
  });
  expect(text).toContain('* `typed`: a password; typed when its step asks for it, and ends up in `/etc/x`');
  expect(text).toContain('\noffsite_secret stored\n');
});

test('a directory that others may use keeps its owner and mode', () => {
  const directory = { target: 'pbs-a', kind: 'directory', owner: 'root', group: 'root', causes: [] } as const;
  const text = apply({
    needs: [
      { ...directory, name: '/tmp', mode: '0755' },
      { ...directory, name: '/etc/offsite/secrets', mode: '0700' },
    ],
  });
  expect(text).toContain('\ntest -d /tmp || install -d -m 0755 -o root -g root /tmp\n');
  expect(text).toContain('\ninstall -d -m 0700 -o root -g root /etc/offsite/secrets\n');
});

test('secrets stay while something is still pending: a new key may be among them', () => {
  const secret = {
    target: 'pbs-a',
    kind: 'secret',
    name: 's',
    placed: '/x',
    what: 'a key',
    causes: [],
  } as const;
  const withheld = { target: 'pbs-a', path: '/y', how: 'Wait.', causes: [] };
  expect(apply({ needs: [secret] })).toContain('rm -rf /root/offsite-secrets');
  expect(apply({ needs: [secret], withheld: [withheld] })).not.toContain('rm -rf /root/offsite-secrets');
});

test('jobs wait for storages that wait', () => {
  const waiting = (path: string) =>
    apply({ withheld: [{ target: 'pbs-a', path, how: 'Wait.', causes: [] }] });
  expect(waiting('/etc/pve/storage.cfg')).toContain('Jobs that write to a new storage wait too');
  expect(waiting('/etc/fstab')).not.toContain('Jobs');
});

test('the copy needs nothing on a fresh host', () => {
  expect(apply({ steps: [step('work', 'units', 1)] })).toContain(
    "`tar -cf - -C out/_shared . -C ../pbs-a . | ssh root@10.1.9.20 'rm -rf /root/offsite && ",
  );
});

test('systemd reads again what is put back', () => {
  const file = {
    kind: 'fstab',
    target: 'pbs-a',
    folder: 'merge',
    ownership: 'block',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view: {},
    facts: [],
    phase: 'mounts',
  } as const;
  const back = (path: string): string =>
    apply({ artifacts: [{ ...file, path }] }).split('To go back:')[1] ?? '';
  expect(back('/etc/fstab')).toContain('offsite_put_back /etc/fstab\nsystemctl daemon-reload\n');
  expect(back('/etc/systemd/system/x.service')).toContain('\nsystemctl daemon-reload\n');
  expect(back('/etc/vzdump.conf')).not.toContain('daemon-reload');
});

describe('order of targets', () => {
  const two = (direction: 'once' | 'both'): string => `
offsite: 1
sites: { a: { timezone: UTC, vlans: { lan: { subnet: 10.1.0.0/24 } } } }
hosts:
  pbs-x: { site: a, roles: { pbs: "4.2.3" }, nics: { e0: { vlan: lan, address: 10.1.0.2 } } }
  pbs-y: { site: a, roles: { pbs: "4.2.3" }, nics: { e0: { vlan: lan, address: 10.1.0.3 } } }
datastores:
  x: { host: pbs-x, path: /mnt/x }
  y: { host: pbs-y, path: /mnt/y }
accounts:
  on-x: { kind: pbs, on: pbs-x, id: "a@pbs!t" }
  on-y: { kind: pbs, on: pbs-y, id: "a@pbs!t" }
flows:
  pull-y: { kind: sync, direction: pull, from: y, to: x, account: on-y, via: a/lan }
${direction === 'both' ? '  pull-x: { kind: sync, direction: pull, from: x, to: y, account: on-x, via: a/lan }' : ''}
`;
  const order = (direction: 'once' | 'both') =>
    orderTargets(topologyOf(two(direction)), new Set(['pbs-x', 'pbs-y']));

  test('the host that makes a secret comes before the one that needs it', () => {
    const { order: numbers, after } = order('once');
    expect([...numbers]).toEqual([
      ['pbs-y', 1],
      ['pbs-x', 2],
    ]);
    expect(after.get('pbs-x')).toEqual(['pbs-y']);
  });

  test('a circle has an order, and both say what they wait for', () => {
    const { order: numbers, after } = order('both');
    expect([...numbers.values()].sort()).toEqual([1, 2]);
    expect([after.get('pbs-x'), after.get('pbs-y')]).toEqual([['pbs-y'], ['pbs-x']]);
  });

  const sites = ['a', 'b', 'c', 'd'];
  const joined = (kind: string) => `
offsite: 1
sites:
${sites.map(key => `  ${key}: { timezone: UTC, vlans: { lan: { subnet: 10.${sites.indexOf(key)}.0.0/24 } } }`).join('\n')}
hosts:
${sites
  .map(
    (
      key,
      index,
    ) => `  gw-${key}: { site: ${key}, roles: { gateway: true, linux: "13" }, nics: { e0: { vlan: lan, address: 10.${index}.0.1 } } }
  pbs-${key}: { site: ${key}, roles: { pbs: "4.2.3" }, nics: { e0: { vlan: lan, address: 10.${index}.0.2 } } }`,
  )
  .join('\n')}
tunnels:
  t:
    kind: ${kind}
    interface: wg0
    subnet: 10.99.0.0/24
    carries: [a/lan, b/lan, c/lan, d/lan]
    ends: { gw-a: {}, gw-b: {}, gw-c: {}, gw-d: {} }
datastores:
${sites.map(key => `  ${key}: { host: pbs-${key}, path: /mnt/x }`).join('\n')}
accounts: { on-c: { kind: pbs, on: pbs-c, id: "a@pbs!t" } }
flows: { pull: { kind: sync, direction: pull, from: c, to: b, account: on-c, via: t } }
`;

  test.each([
    { kind: 'mesh', after: ['gw-b', 'gw-c', 'pbs-c'] },
    { kind: 'hub\n    hub: gw-a', after: ['gw-a', 'gw-b', 'gw-c', 'pbs-c'] },
  ])(
    'what goes through a tunnel comes after the ends that it passes and no others: $after',
    ({ kind, after }) => {
      const topology = topologyOf(joined(kind));
      expect(orderTargets(topology, new Set(topology.hosts.keys())).after.get('pbs-b')).toEqual(after);
    },
  );
});

test('a user of the system that is there does not pass for the one that keys need', () => {
  const causes = [['hosts', 'pbs-a']];
  const needs: Lowered['needs'] = [{ target: 'pbs-a', kind: 'user', name: 'backup', causes }];
  const files = rendered(applyPair({ needs }));
  const [check = ''] = /^getent passwd .*$/m.exec(files.get('pbs-a/APPLY.md') ?? '') ?? [];
  const passes = (entry: string): boolean => {
    const command = `getent() { printf '%s\\n' '${entry}'; }; ${check}`;
    return spawnSync('bash', ['-c', command]).status === 0;
  };
  expect(passes('backup:x:34:34:backup:/var/backups:/usr/sbin/nologin')).toBe(false);
  expect(passes('backup:x:34:34:backup:/home/backup:/usr/sbin/nologin')).toBe(false);
  expect(passes('backup:x:1001:1001::/home/backup:/bin/sh')).toBe(true);
});

test('a script that runs on a NAS is not written over: the new one takes its place', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-nas-'));
  const live = path.join(dir, 'a.sh');
  const file = {
    kind: 'x',
    target: 'nas',
    folder: 'root',
    path: live,
    ownership: 'whole',
    mode: '0755',
  } as const;
  const [install] = installSteps(
    'nas',
    [{ ...file, owner: 'root', group: 'root', secrets: [], view: {}, facts: [], phase: 'units' }],
    true,
    installCommands(),
  );
  fs.mkdirSync(path.join(dir, 'root', dir), { recursive: true });
  fs.writeFileSync(path.join(dir, 'root', live), 'new');
  fs.writeFileSync(live, 'old');
  const open = fs.openSync(live, 'r');
  execFileSync('sh', ['-ec', install?.commands.join('\n') ?? ''], { cwd: dir });
  expect(fs.readFileSync(open, 'utf8')).toBe('old');
  fs.closeSync(open);
  expect(fs.readFileSync(live, 'utf8')).toBe('new');
  expect(fs.statSync(live).mode & 0o777).toBe(0o755);
  fs.rmSync(dir, { recursive: true });
});
