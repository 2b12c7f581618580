import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scheduleText } from '../../../src/artifacts/dsm-script/steps.ts';
import { estate, outcome, told } from '../unit-trigger/estate.ts';

const rsync = (more = ''): string =>
  `copy: { kind: rsync, from: raw:dump, to: vault:in, account: to-far, via: home/lan${more} }`;
const rclone =
  'up: { kind: rclone, from: raw, to: cold-one, account: s3, via: internet, trigger: { after: copy } }';
const SCRIPT = 'nas/root/volume1/offsite/offsite-copy.sh';

const TEXT = `#!/bin/sh
# Rendered by offsite: flow copy, started by one entry of the Task Scheduler.
set -u
PATH='/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
FLOW='copy'
WORK='/volume1/offsite'
DIRECTORY='/volume1/raw/dump'
VOLUME='/volume1'
RSYNC_RSH='/usr/bin/ssh -F /dev/null -i /volume1/offsite/secrets/ssh-to-far.key -o BindAddress=10.1.0.5 -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/volume1/offsite/known_hosts -o ConnectTimeout=30 -o ConnectionAttempts=10 -o ServerAliveInterval=30'
export RSYNC_RSH
umask 077
LOG=$WORK/log/$FLOW.log
LOCK=$WORK/run/$FLOW.lock
mkdir -p "$WORK/log" "$WORK/run" "$WORK/success" || exit 73
if [ -f "$LOG" ] && [ "$(wc -c <"$LOG")" -gt 1048576 ]; then mv -f "$LOG" "$LOG.1"; fi

say() {
  printf '%s %s\\n' "$(date '+%Y-%m-%d %H:%M:%S')" "$1" >>"$LOG"
}
# The Task Scheduler mails what is printed when the exit code is not 0.
fail() {
  say "failed with $1: $2"
  printf 'offsite %s: %s, see %s\\n' "$FLOW" "$2" "$LOG" >&2
  exit "$1"
}

# A lock of an earlier boot, or of a process that is gone, does not count.
BOOT=$(cat /proc/sys/kernel/random/boot_id)
if ! mkdir "$LOCK" 2>/dev/null; then
  [ -s "$LOCK/holder" ] || sleep 2
  boot='' pid=''
  { read -r boot pid <"$LOCK/holder"; } 2>/dev/null || true
  if [ "$boot" = "$BOOT" ] && kill -0 "$pid" 2>/dev/null; then
    fail 75 "still runs as process $pid"
  fi
  say 'takes over a stale lock'
  rm -rf "$LOCK"
  mkdir "$LOCK" || fail 75 'another run was faster'
fi
trap 'rm -rf "$LOCK"' EXIT
trap 'fail 143 "stopped by a signal"' HUP INT TERM
printf '%s %s\\n' "$BOOT" "$$" >"$LOCK/holder"

grep -qF " $VOLUME " /proc/mounts || fail 74 "$VOLUME is not mounted"
[ -d "$DIRECTORY" ] || fail 74 "$DIRECTORY is missing"
first=$(find "$DIRECTORY" -mindepth 1 -maxdepth 1 ! -name @eaDir ! -name '#recycle' | head -n 1)
[ -n "$first" ] || fail 74 "nothing to copy in $DIRECTORY"

say 'starts'
rsync \\
  --recursive \\
  --times \\
  --links \\
  --timeout=600 \\
  --partial \\
  '--exclude=vzdump-*.dat' \\
  '--exclude=vzdump-*.tmp/' \\
  --stats \\
  /volume1/raw/dump/ \\
  receiver@10.1.0.7:./ >>"$LOG" 2>&1
code=$?
[ "$code" -ne 24 ] || code=0
[ "$code" -eq 0 ] || fail "$code" 'rsync failed'
STAMP=$WORK/success/$FLOW
{ date +%s >"$STAMP.new" && mv -f "$STAMP.new" "$STAMP"; } || fail 73 "$STAMP cannot be written"
say 'is done'

rm -rf "$LOCK"
trap - EXIT
status=0
/bin/sh "$WORK/offsite-up.sh" || status=$?
exit "$status"
`;

test('the script, with the flow that it starts', () => {
  const { texts } = outcome(estate(`${rsync(', schedule: "03:20"')}\n${rclone}`));
  expect(texts.get(SCRIPT)).toBe(TEXT);
  const next = texts.get('nas/root/volume1/offsite/offsite-up.sh') ?? '';
  expect(next).toContain(
    "AWS_SHARED_CREDENTIALS_FILE='/volume1/offsite/secrets/s3-cold.aws'\nRCLONE_CONFIG='/volume1/offsite/rclone.conf'\nexport AWS_SHARED_CREDENTIALS_FILE RCLONE_CONFIG\n",
  );
  expect(next).toContain('"$WORK/bin/rclone" \\\n  copy \\\n');
});

test('the user that runs the tasks is made before anything is given to it', () => {
  const { lowered } = outcome(
    estate(`${rsync(', schedule: "03:00"')}\n${rclone}`, text =>
      text.replace('work_dir: /volume1/offsite', 'work_dir: /volume1/offsite\n    user: copier'),
    ),
  );
  const [step] = lowered.steps.filter(({ title }) => title === 'User copier');
  expect(step).toMatchObject({ target: 'nas', phase: 'prepare', commands: ['id -u copier'] });
  expect(step?.text[0]).toContain('access to the shared folders of `/volume1/raw/dump`, `/volume1/raw`.');
  expect(outcome(estate(rsync())).lowered.steps.map(({ title }) => title)).not.toContain('User root');
});

test('each option has its own cause', () => {
  const { lowered } = outcome(estate(rsync(', rate: 1 MiB/s')));
  const facts = lowered.artifacts.find(({ path }) => path.endsWith('.sh'))?.facts ?? [];
  expect(facts.find(({ value }) => value === '  --bwlimit=1024 \\')?.causes).toEqual([
    ['flows', 'copy', 'rate'],
  ]);
});

describe('tasks', () => {
  const taskOf = (flow: string) =>
    outcome(estate(flow)).lowered.steps.find(({ title }) => title === 'Task of flow copy');
  test('one entry, in words, as data and as cron', () => {
    const text = taskOf(rsync(', schedule: "mon,fri 03:20"'))?.text.join('\n') ?? '';
    expect(text).toContain('task `offsite-copy`, user `root`, enabled.');
    expect(text).toContain('Schedule: on Monday, Friday, first run at 03:20, no repetition.');
    expect(text).toContain('Script: `/bin/sh /volume1/offsite/offsite-copy.sh`');
    expect(text).toContain(
      '`{"type":"weekly","weekdays":[1,5],"hour":3,"minute":20}`, as cron: `20 3 * * 1,5`',
    );
  });
  test('a disabled one is not run by the step either', () => {
    const off = taskOf(rsync(', schedule: "03:20", disabled: true, propagate_deletions: true'));
    expect(off?.commands).toEqual(['sh -n /volume1/offsite/offsite-copy.sh']);
    expect(off?.check).toEqual([]);
    expect(off?.text.join()).not.toContain('run the script once');
  });
  test('one that deletes says so before it is run', () => {
    expect(taskOf(rsync(', schedule: "03:20", propagate_deletions: true'))?.text[0]).toContain(
      'If the source was lost and is new, stop here: each run of `copy` deletes',
    );
    expect(taskOf(rsync(', schedule: "03:20"'))?.text.join()).not.toContain('stop here');
  });
  test('disabled, and without a schedule', () => {
    expect(taskOf(rsync(', schedule: "03:20", disabled: true'))?.text.join()).toContain('not enabled');
    expect(taskOf(rsync())?.text.join()).toContain('make no task');
    expect(outcome(estate(rsync())).lowered.changes.filter(({ kind }) => kind === 'task')).toEqual([]);
  });
  test.each([
    [{ type: 'daily', hour: 0, minute: 5 }, 'daily, first run at 00:05, no repetition'],
    [
      { type: 'monthly', dayOfMonth: 3, hour: 9, minute: 0 },
      'monthly on day 3, first run at 09:00, no repetition',
    ],
    [
      { type: 'daily', hour: 0, minute: 0, repeat: { every: 'hours', interval: 6, lastHour: 18 } },
      'daily, first run at 00:00, every 6 hours, last run in hour 18',
    ],
  ] as const)('%j', (task, text) => {
    expect(scheduleText(task)).toBe(text);
  });
});

describe('what cannot be rendered', () => {
  test('a schedule that DSM cannot say', () => {
    const { lowered } = outcome(estate(rsync(', schedule: "*-*-1,15 03:00"')));
    expect(told(lowered.diagnostics)).toEqual(['error schedule-not-for-dsm flows.copy.schedule']);
  });
  test('no directory for scripts', () => {
    const { lowered } = outcome(
      estate(`${rsync()}\n${rclone}`, text => text.replace('work_dir: /volume1/offsite', 'comment: none')),
    );
    expect(told(lowered.diagnostics)).toEqual(['error work-dir-missing hosts.nas']);
  });
  test('a NAS of another make', () => {
    const { lowered, texts } = outcome(estate(rsync(), text => text.replace('os: dsm', 'os: qnap')));
    expect(told(lowered.diagnostics)).toEqual(['info declared-only flows.copy']);
    expect([...texts.keys()].filter(path => path.startsWith('nas/'))).toEqual([]);
  });
});

describe('run', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'offsite-dsm-'));
    mkdirSync(join(dir, 'share/dump'), { recursive: true });
    writeFileSync(join(dir, 'share/dump/archive'), '');
    mkdirSync(join(dir, 'bin'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** The rendered script with a stand-in for rsync, in a directory that is no volume of a NAS. */
  function run(rsyncBody: string) {
    const edit = (text: string): string =>
      text
        .replace('work_dir: /volume1/offsite', `work_dir: ${dir}/work`)
        .replace('path: /volume1/raw', `path: ${dir}/share`);
    const { texts } = outcome(estate(rsync(), edit));
    const text = texts.get(`nas/root${dir}/work/offsite-copy.sh`) ?? '';
    expect(text).not.toContain('/proc/mounts');
    writeFileSync(join(dir, 'script.sh'), text.replace("PATH='", `PATH='${dir}/bin:`));
    writeFileSync(join(dir, 'bin/rsync'), `#!/bin/sh\n${rsyncBody}\n`);
    chmodSync(join(dir, 'bin/rsync'), 0o755);
    const { status, stderr } = spawnSync('sh', [join(dir, 'script.sh')], { encoding: 'utf8' });
    return {
      status,
      stderr,
      stamped: existsSync(join(dir, 'work/success/copy')),
      locked: existsSync(join(dir, 'work/run/copy.lock')),
    };
  }

  test.each([
    ['exit 0', 0, true],
    ['exit 24', 0, true],
    ['exit 23', 23, false],
    ['exit 255', 255, false],
  ])('rsync: %s', (body, status, stamped) => {
    expect(run(body)).toMatchObject({ status, stamped, locked: false });
  });
  test('says on standard error what failed, for the mail', () => {
    expect(run('exit 12').stderr).toBe(`offsite copy: rsync failed, see ${dir}/work/log/copy.log\n`);
  });
  test('rsync gets its options as single words', () => {
    run('printf "%s\\n" "$@" >"$(dirname "$0")/args"');
    expect(readFileSync(join(dir, 'bin/args'), 'utf8').split('\n')).toContain('--exclude=vzdump-*.dat');
  });
  test('a missing directory fails before anything is copied', () => {
    rmSync(join(dir, 'share'), { recursive: true });
    expect(run(`touch ${dir}/called`)).toMatchObject({ status: 74, stamped: false, locked: false });
    expect(existsSync(join(dir, 'called'))).toBe(false);
  });
  test('an empty directory fails before the copy is made as empty', () => {
    rmSync(join(dir, 'share/dump/archive'));
    mkdirSync(join(dir, 'share/dump/@eaDir'));
    const { status, stderr, stamped } = run(`touch ${dir}/called`);
    expect({ status, stamped }).toEqual({ status: 74, stamped: false });
    expect(stderr).toContain(`nothing to copy in ${dir}/share/dump, see`);
    expect(existsSync(join(dir, 'called'))).toBe(false);
  });
  test('a signal is told', () => {
    const { status, stderr, stamped, locked } = run('kill "$PPID"; sleep 0.1');
    expect({ status, stamped, locked }).toEqual({ status: 143, stamped: false, locked: false });
    expect(stderr).toContain('stopped by a signal, see');
  });
  test('a success that cannot be noted is a failure', () => {
    mkdirSync(join(dir, 'work/success/copy.new'), { recursive: true });
    expect(run('exit 0')).toMatchObject({ status: 73, stamped: false, locked: false });
  });
  test('runs once at a time, and takes over what a dead one left', () => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const lock = join(dir, 'work/run/copy.lock');
    mkdirSync(lock, { recursive: true });
    writeFileSync(join(lock, 'holder'), `${boot} ${process.pid}\n`);
    expect(run('exit 0')).toMatchObject({ status: 75, stamped: false, locked: true });
    writeFileSync(join(lock, 'holder'), `another-boot ${process.pid}\n`);
    expect(run('exit 0')).toMatchObject({ status: 0, stamped: true, locked: false });
  });
});
