import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { estate, outcome } from '../unit-trigger/estate.ts';

const flow = 'copy: { kind: rsync, from: local, to: vault, account: to-far, via: home/lan }';
const { texts } = outcome(estate(flow));

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'offsite-script-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a script with every absolute path below a directory of the test. */
function run(name: string, argument: string) {
  const text = (texts.get(`mover/root/usr/local/lib/offsite/${name}`) ?? '').replaceAll(
    /\/(?:var\/lib|usr\/sbin)\//g,
    `${dir}$&`,
  );
  writeFileSync(join(dir, name), text);
  return spawnSync('sh', [join(dir, name), argument], {
    encoding: 'utf8',
    env: { PATH: `${dir}/bin:/usr/bin:/bin` },
  });
}
const program = (path: string, body: string): void => {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), `#!/bin/sh\n${body}\n`);
  chmodSync(join(dir, path), 0o755);
};

test('a host with units has the scripts and the unit that they name', () => {
  expect([...texts.keys()].filter(path => path.includes('alert') || path.includes('mark-success'))).toEqual([
    'mover/root/etc/systemd/system/offsite-alert@.service',
    'mover/root/usr/local/lib/offsite/alert',
    'mover/root/usr/local/lib/offsite/mark-success',
  ]);
  expect(texts.get('mover/root/etc/systemd/system/offsite-alert@.service')).toBe(
    '# Rendered by offsite.\n[Unit]\nDescription=Says that %i has failed\n\n[Service]\nType=oneshot\nExecStart=/usr/local/lib/offsite/alert %i\n',
  );
});

test('mark-success writes a stamp, and a metric only where one is read', () => {
  expect(run('mark-success', 'copy').status).toBe(0);
  expect(readdirSync(join(dir, 'var/lib/offsite/success'))).toEqual(['copy']);
  expect(readFileSync(join(dir, 'var/lib/offsite/success/copy'), 'utf8')).toMatch(/^\d{10,}\n$/);
  const metrics = join(dir, 'var/lib/prometheus/node-exporter');
  mkdirSync(metrics, { recursive: true });
  expect(run('mark-success', 'copy').status).toBe(0);
  expect(readdirSync(metrics)).toEqual(['offsite-copy.prom']);
  expect(readFileSync(join(metrics, 'offsite-copy.prom'), 'utf8')).toMatch(
    /^# TYPE offsite_flow_last_success_timestamp_seconds gauge\noffsite_flow_last_success_timestamp_seconds\{flow="copy"\} \d+\n$/,
  );
});

test('alert tells the journal, and root where mail can be sent', () => {
  program('bin/logger', `printf '%s\\n' "$*" >"${dir}/logged"`);
  program('bin/journalctl', 'echo "what happened"');
  expect(run('alert', 'offsite-copy').status).toBe(0);
  expect(readFileSync(join(dir, 'logged'), 'utf8')).toMatch(
    /^-p daemon\.err -t offsite -- offsite-copy on \S+ has failed\n$/,
  );
  program('usr/sbin/sendmail', `cat >"${dir}/mail"; echo "$@" >"${dir}/to"`);
  expect(run('alert', 'offsite-copy').status).toBe(0);
  expect(readFileSync(join(dir, 'mail'), 'utf8')).toMatch(
    /^To: root\nSubject: offsite-copy on \S+ has failed\n\nwhat happened\n$/,
  );
  expect(readFileSync(join(dir, 'to'), 'utf8')).toBe('root\n');
});
