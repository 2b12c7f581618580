/**
 * Following APPLY.md on a fresh host: what its functions do to the files of the host, with every program that would touch
 * anything else played by the test. No step stops, neither the first time nor again, not even in a shell that ends where a
 * command fails; `offsite drift` finds nothing then, and going back leaves no trace.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { isDrift } from '../../src/drift/report.ts';
import { compareTarget } from '../../src/drift/target.ts';
import { openLiveTree } from '../../src/load/live-tree.ts';
import type { RenderedFile } from '../../src/render/render-all.ts';
import { compiledTopology, completeTopologies } from './load.ts';

/** Enough of PBS: accounts and datastores come into being by command, each with its section. */
const PROGRAMS = `
for name in ip ifreload chown chattr install systemctl useradd userdel pveum proxmox-backup-debug; do eval "$name() { :; }"; done
flock() { shift 3; "$@"; }
mountpoint() { :; }
offsite_on_zfs() { :; }
postconf() {
  printf '%s\\n' "\${@:4}" >"$ROOT/../set"
  awk -F ' = ' 'NR == FNR { ours[$1]; next } !($1 in ours)' "$ROOT/../set" "$2/main.cf" >"$ROOT/../rest"
  cat "$ROOT/../rest" "$ROOT/../set" >"$2/main.cf"
}
PBS=$ROOT/etc/proxmox-backup
forget() { awk -v RS= -v ORS='\\n\\n' -v head="$2" '{ split($0, line, "\\n") } line[1] != head' "$1" >"$ROOT/../rest" && cat "$ROOT/../rest" >"$1"; }
proxmox-backup-manager() {
  case "$1 $2" in
    'user list' | 'user list-tokens') cat "$ROOT/../accounts" ;;
    'user create') printf '{"userid":"%s"}' "$3" >>"$ROOT/../accounts"; printf 'user: %s\\n\\n' "$3" >>"$PBS/user.cfg" ;;
    'user generate-token') printf '{"tokenid":"%s!%s"}' "$3" "$4" >>"$ROOT/../accounts"; printf 'token: %s!%s\\n\\n' "$3" "$4" >>"$PBS/user.cfg" ;;
    'datastore show') grep -qxF "datastore: $3" "$PBS/datastore.cfg" ;;
    'datastore create') mkdir -p "$ROOT$4/.chunks"; printf 'datastore: %s\\n\\tpath %s\\n\\n' "$3" "$4" >>"$PBS/datastore.cfg" ;;
    'acl update')
      awk -F: -v path="$3" -v role="$4" -v id="$6" '/^acl:/ {
        n = split($4, who, ","); m = split($5, has, ",")
        for (i = 1; i <= n; i++) for (j = 1; j <= m; j++)
          if ($3 != path || who[i] != id || has[j] != role) print "acl:" $2 ":" $3 ":" who[i] ":" has[j]
      }' "$PBS/acl.cfg" >"$ROOT/../rest" && cat "$ROOT/../rest" >"$PBS/acl.cfg" ;;
    'sync-job show') grep -qxF "sync: $3" "$PBS/sync.cfg" ;;
    'sync-job remove') forget "$PBS/sync.cfg" "sync: $3" ;;
    'remote show') grep -qxF "remote: $3" "$PBS/remote.cfg" ;;
    'remote remove') forget "$PBS/remote.cfg" "remote: $3" ;;
    'user remove') forget "$PBS/user.cfg" "user: $3" ;;
    'user delete-token') forget "$PBS/user.cfg" "token: $3!$4" ;;
    'datastore remove') forget "$PBS/datastore.cfg" "datastore: $3" ;;
  esac
}
`;

const FRESH: Readonly<Record<string, string>> = {
  'etc/fstab': 'UUID=1 / ext4 defaults 0 1\n',
  'etc/vzdump.conf': '#tmpdir: DIR\n',
  'etc/postfix/main.cf': 'myhostname = x\n',
  'etc/proxmox-backup/node.cfg': '',
  'etc/proxmox-backup/user.cfg': 'user: root@pam\n\tcomment Superuser\n\n',
  'etc/proxmox-backup/datastore.cfg': '',
  'etc/proxmox-backup/acl.cfg': '',
  'etc/pve/storage.cfg':
    'dir: local\n\tpath /var/lib/vz\n\tcontent iso,vztmpl,backup\n\nlvmthin: local-lvm\n\tthinpool data\n\tvgname pve\n\n',
};

/** Lines that reach the host through functions only, which take \`ROOT\` for its root. */
const SAFE =
  /^(?:\s+\S|# |systemctl |ifreload |ip -|else$|fi$|elif (?:mountpoint|offsite_on_zfs) |if proxmox-backup-manager |proxmox-backup-manager acl update |if \[ -e \/etc\/systemd\/system\/offsite-\S+\.timer \]|\[ -d \S+ \] \|\| offsite_make |offsite_(?!secret|mount|umount|drop|reload|replace))/;

class Bench {
  readonly work = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-follow-'));

  write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(this.work, file)), { recursive: true });
    fs.writeFileSync(path.join(this.work, file), text);
  }

  /** In the place of what was copied before. */
  copy(target: string, files: readonly { readonly path: string; readonly text: string }[]): void {
    fs.rmSync(path.join(this.work, 'out'), { recursive: true, force: true });
    for (const file of files)
      for (const folder of [target, '_shared'])
        if (file.path.startsWith(`${folder}/`))
          this.write(`out/${file.path.slice(folder.length + 1)}`, file.text);
  }

  /** Files of the host, by path below its root. */
  host(): Record<string, string> {
    const root = path.join(this.work, 'host');
    const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      entries
        .filter(entry => entry.isFile())
        .map(({ parentPath, name }) => path.join(parentPath, name))
        .map(file => [path.relative(root, file), fs.readFileSync(file, 'utf8')]),
    );
  }

  /** What the commands print to standard error. */
  run(commands: readonly string[], options = ''): string {
    const env = {
      PATH: process.env['PATH'] ?? '',
      ROOT: path.join(this.work, 'host'),
      OFFSITE_SECRETS: path.join(this.work, 'secrets'),
      OFFSITE_KEPT: path.join(this.work, 'kept'),
    };
    const script = `${options}\n. ./apply-functions.sh\n${PROGRAMS}\n${commands.join('\n')}\necho followed >&2`;
    const cwd = path.join(this.work, 'out');
    return spawnSync('bash', ['--norc', '-c', script], { cwd, env, encoding: 'utf8' }).stderr;
  }
}

const blocks = (text: string): string[] =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .map(match => match[1]?.trimEnd() ?? '')
    .filter(block => block.split('\n').every(line => SAFE.test(line)));

interface Guide {
  readonly target: string;
  readonly text: string;
  /** Commands of the steps in their order, and those of the ways back in the other one. */
  readonly forth: readonly string[];
  readonly back: readonly string[];
}

function guideOf({ path: file, text }: { readonly path: string; readonly text: string }): Guide {
  const steps = text
    .split(/^## \d+\. /m)
    .slice(1)
    .map(step => step.split('\nTo go back:\n'));
  return {
    target: path.dirname(file),
    text,
    forth: steps.flatMap(([step = '']) => blocks(step.split('\nCheck:\n')[0] ?? '')),
    back: steps
      .map(([, undo = '']) => blocks(undo))
      .reverse()
      .flat(),
  };
}

/** A fresh host with the folder of its target and every secret. */
function benchOf(
  { target, text }: Guide,
  files: readonly { readonly path: string; readonly text: string }[],
): Bench {
  const bench = new Bench();
  bench.copy(target, files);
  for (const [file, content] of Object.entries(FRESH)) bench.write(`host/${file}`, content);
  bench.write('accounts', '');
  for (const [, name] of text.matchAll(/^\* `([a-z0-9.-]+)`: /gm)) bench.write(`secrets/${name}`, 'secret\n');
  return bench;
}

/** Files of the target of which those of the host say something else; what no step put there has no file. */
const driftOf = ({ target }: Guide, files: readonly RenderedFile[], bench: Bench) =>
  compareTarget(
    {
      target,
      files: files.filter(({ artifact }) => artifact.folder !== 'doc' && artifact.target === target),
      removed: [],
      withheld: [],
    },
    openLiveTree(path.join(bench.work, 'host'), 1e6),
  ).files.filter(isDrift);

describe.each(completeTopologies)('$name', topology => {
  test('is followed twice without a stop, and back to where it began', async () => {
    const { files = [], rendered } = await compiledTopology(topology);
    const documents = files.filter(({ text }) => text.includes('\n. ./apply-functions.sh\n'));
    expect(documents.length).toBeGreaterThan(0);
    for (const guide of documents.map(guideOf)) {
      const bench = benchOf(guide, files);
      try {
        expect(bench.run([...guide.forth, ...guide.forth], 'set -euo pipefail'), guide.target).toBe(
          'followed\n',
        );
        const applied = bench.host();
        for (const [, file = ''] of guide.forth.join('\n').matchAll(/^offsite_install\S* \w+\/(\S+) /gm))
          expect(applied[file], `${guide.target}: ${file}`).toBeDefined();
        expect(driftOf(guide, rendered?.files ?? [], bench), guide.target).toEqual([]);
        bench.run(guide.back);
        expect(bench.host(), guide.target).toEqual(FRESH);
      } finally {
        fs.rmSync(bench.work, { recursive: true });
      }
    }
  }, 120_000);
});

test('a changed topology is followed over the one before, and back to where that began', async () => {
  const hub = completeTopologies.find(({ name }) => name === 'hub-three-spokes')!;
  const changed = fs
    .readFileSync(hub.file, 'utf8')
    .replace('schedule: "23:30"', 'schedule: "23:40"')
    .replace('schedule: "mon..fri 20:00"', 'schedule: "mon..fri 19:00"')
    .replaceAll('backup@example.org', 'other@example.org')
    .replace('keep_daily: 5,', 'keep_daily: 6,');
  const { files: before = [] } = await compiledTopology(hub);
  const { files: after = [], rendered } = await compile({
    bytes: Buffer.from(changed),
    file: 'topology.yaml',
  });
  for (const target of ['lisbon-1', 'vault', 'office-madrid']) {
    const [first, second] = [before, after].map(files =>
      guideOf(files.find(file => file.path === `${target}/APPLY.md`)!),
    ) as [Guide, Guide];
    const bench = benchOf(first, before);
    try {
      expect(bench.run(first.forth, 'set -euo pipefail'), target).toBe('followed\n');
      bench.copy(target, after);
      expect(driftOf(second, rendered?.files ?? [], bench), target).not.toEqual([]);
      expect(bench.run(second.forth, 'set -euo pipefail'), target).toBe('followed\n');
      expect(driftOf(second, rendered?.files ?? [], bench), target).toEqual([]);
      bench.run(second.back);
      expect(bench.host(), target).toEqual(FRESH);
    } finally {
      fs.rmSync(bench.work, { recursive: true });
    }
  }
}, 120_000);

test('what is retired goes from a PBS without a stop, rights of a token that was replaced too', async () => {
  const hub = completeTopologies.find(({ name }) => name === 'hub-three-spokes')!;
  const changed = fs
    .readFileSync(hub.file, 'utf8')
    .replace('  lisbon-push:\n', '  lisbon-push:\n    state: retired\n')
    .replace('  push-lisbon: {', '  push-lisbon: { state: retired,')
    .replace(
      '  pve-athens: {',
      '  pve-next: { kind: pbs, on: pbs-athens, id: "pve@pbs!next", secret: athens-next }\n  pve-athens: { state: retired,',
    )
    .replace('account: pve-athens', 'account: pve-next');
  const { files: before = [] } = await compiledTopology(hub);
  const { files: after = [], rendered } = await compile({
    bytes: Buffer.from(changed),
    file: 'topology.yaml',
  });
  for (const target of ['vault', 'lisbon-1', 'pbs-athens']) {
    const [first, second] = [before, after].map(files =>
      guideOf(files.find(file => file.path === `${target}/APPLY.md`)!),
    ) as [Guide, Guide];
    const bench = benchOf(first, before);
    try {
      bench.write('secrets/athens-next', 'secret\n');
      expect(bench.run(first.forth, 'set -euo pipefail'), target).toBe('followed\n');
      bench.copy(target, after);
      expect(second.text, target).toContain('etired');
      expect(bench.run([...second.forth, ...second.forth], 'set -euo pipefail'), target).toBe('followed\n');
      expect(driftOf(second, rendered?.files ?? [], bench), target).toEqual([]);
    } finally {
      fs.rmSync(bench.work, { recursive: true });
    }
  }
}, 120_000);
