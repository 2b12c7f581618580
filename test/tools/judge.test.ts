/** How tools are run: bounded, with dummies for secrets, and with a clear line for whatever goes wrong. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RenderedFile } from '../../src/render/render-all.ts';
import { toolDiagnostics } from '../../src/verify/diagnostics.ts';
import { refused, unclear } from '../../src/verify/findings.ts';
import { hostDiagnostics, judgeHost } from '../../src/verify/host-checks.ts';
import type { Tool } from '../../src/verify/tool.ts';
import { withWorld } from '../../src/verify/world.ts';
import { judged, said } from './support.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'offsite-fake-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A program `fake` that does this; `$1` is the file. */
function fake(script: string, name = 'fake'): void {
  writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dir, name), 0o755);
}

const tool: Tool = {
  name: 'fake',
  package: 'fake-tools',
  programs: ['fake'],
  scope: 'text',
  wants: () => true,
  judge: async (files, world) => {
    const runs = files.map(async file => {
      const run = await world.run(['fake', file.copy]);
      if (run.status === undefined) return [unclear(file, run)];
      return run.status === 0 ? [] : [refused(file, run.stderr, Number(run.stdout) || undefined)];
    });
    return (await Promise.all(runs)).flat();
  },
};

const file = (text: string, target = 'gw', folder: 'root' | 'fill' = 'root'): RenderedFile => ({
  path: `${target}/${folder}/etc/sysctl.d/90-offsite.conf`,
  text,
  artifact: {
    kind: 'gateway-sysctl',
    target,
    folder,
    path: '/etc/sysctl.d/90-offsite.conf',
    ownership: 'whole',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view: {},
    facts: [
      { at: 'a.b', value: '1', causes: [['hosts', 'gw', 'roles']] },
      { at: 'c.d', value: '2', causes: [['hosts', 'gw', 'nics']] },
    ],
  },
});

const limits = { milliseconds: 400, bytes: 1000 };
const judge = (files: readonly RenderedFile[]) =>
  judged(files, { tools: [tool], path: `${dir}:/usr/bin:/bin`, limits });
const problems = async (files: readonly RenderedFile[]) =>
  said(await judge(files)).map(line => line.replace(/^fake: /, '').replaceAll(dir, 'DIR'));

describe('a tool that', () => {
  test('passes', async () => {
    fake('exit 0');
    expect(await problems([file('a')])).toEqual([]);
  });
  test('hangs is ended, with what it started', async () => {
    fake(`sleep 300 & echo $! >'${dir}/child'; wait`);
    expect(await problems([file('a')])).toEqual([
      'unclear gw/root/etc/sysctl.d/90-offsite.conf:: did not end within 0.4 s',
    ]);
    const child = readFileSync(join(dir, 'child'), 'utf8').trim();
    const state = existsSync(`/proc/${child}/stat`) ? readFileSync(`/proc/${child}/stat`, 'utf8') : ' Z ';
    expect(state).toContain(' Z ');
  });
  test('does not listen to SIGTERM is ended too', async () => {
    fake('trap "" TERM INT HUP; while :; do sleep 1; done');
    expect(await problems([file('a')])).toHaveLength(1);
  });
  test('prints without end is ended', async () => {
    fake('while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done');
    expect(await problems([file('a')])).toEqual([expect.stringMatching(/printed more than 1000 bytes$/)]);
  });
  test('dies is named with its signal', async () => {
    fake('kill -SEGV $$');
    expect(await problems([file('a')])).toEqual([expect.stringMatching(/was ended by SIGSEGV$/)]);
  });
  test('cannot be started', async () => {
    writeFileSync(join(dir, 'fake'), '#!/no/such/interpreter\n');
    chmodSync(join(dir, 'fake'), 0o755);
    expect(await problems([file('a')])).toEqual([expect.stringMatching(/cannot be started: .*ENOENT/)]);
  });
  test('prints binary lines is quoted on one short line', async () => {
    fake(`printf '\\033[31mred\\nnext\\377%0900d' 1 >&2; exit 1`);
    const [line = ''] = await problems([file('a')]);
    expect(line).toMatch(/: \[31mred next.*…$/);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(line.length).toBeLessThan(500);
  });
});

test('sees dummies in place of secrets, in files that nobody else can read', async () => {
  fake('cat "$1" >&2; stat -c %a "$1" >&2; exit 1');
  const text = 'a @@offsite:x:plain@@ b @@offsite:y.access-key:base64@@\n';
  expect(await problems([file(text, 'gw', 'fill')])).toEqual([
    expect.stringMatching(/: a dummy b ZHVtbXk= 600$/),
  ]);
});

test('inherits nothing but where programs are', async () => {
  fake('env | sort >&2; exit 1');
  process.env['AWS_CA_BUNDLE'] = '/nowhere';
  const [line = ''] = await problems([file('a')]);
  delete process.env['AWS_CA_BUNDLE'];
  expect([...line.matchAll(/(\w+)=/g)].map(([, name]) => name)).toEqual(
    expect.arrayContaining(['HOME', 'LC_ALL', 'PATH', 'TZ']),
  );
  expect(line).not.toContain('AWS');
});

test('equal texts are judged once', async () => {
  fake(`echo >>'${dir}/count'; echo no >&2; exit 1`);
  const judgements = await judge([file('a', 'x'), file('a', 'y'), file('a', 'z'), file('b', 'w')]);
  expect(readFileSync(join(dir, 'count'), 'utf8')).toBe('\n\n');
  const [first] = toolDiagnostics(judgements, { all: false, label: 'out' });
  expect(first?.message).toBe(
    'fake refuses out/x/root/etc/sysctl.d/90-offsite.conf (and 2 more with the same text): no',
  );
});

test('the scratch directory is gone afterwards, also after a failure', async () => {
  let scratch = '';
  const failing = withWorld({ path: '' }, async world => {
    scratch = world.scratch;
    expect(existsSync(scratch)).toBe(true);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(scratch)).toBe(false);
});

describe('diagnostics', () => {
  const text = '# first\na.b = 1\nc.d = 2\n';
  test.each([
    [2, ['hosts', 'gw', 'roles']],
    [3, ['hosts', 'gw', 'nics']],
  ])('a finding in line %s stands at what caused it', async (line, path) => {
    fake(`echo ${line}; echo no >&2; exit 1`);
    expect(toolDiagnostics(await judge([file(text)]), { all: false, label: 'out' })).toEqual([
      {
        code: 'tool-refused',
        severity: 'error',
        message: 'fake refuses out/gw/root/etc/sysctl.d/90-offsite.conf: no',
        place: { kind: 'path', path, on: 'key' },
        related: [
          {
            message: 'the rendered line',
            place: { kind: 'file', file: 'out/gw/root/etc/sysctl.d/90-offsite.conf', line },
          },
        ],
      },
    ]);
  });
  test.each([1, 0])('without a line, or above all facts, it stands in the file (%s)', async line => {
    fake(`echo ${line}; echo no >&2; exit 1`);
    const [first] = toolDiagnostics(await judge([file(text)]), { all: false, label: 'out' });
    expect(first?.place).toEqual({ kind: 'file', file: 'out/gw/root/etc/sysctl.d/90-offsite.conf', line: 1 });
  });
  test('no verdict is a warning, with all tools an error', async () => {
    fake('kill -9 $$');
    const judgements = await judge([file(text)]);
    const severities = [false, true].map(
      all => toolDiagnostics(judgements, { all, label: 'out' })[0]?.severity,
    );
    expect(severities).toEqual(['warning', 'error']);
  });
  test('a missing tool is silent, with all tools an error that names the package', async () => {
    const judgements = await judge([file(text)]);
    expect(judgements).toMatchObject([{ state: 'missing', programs: ['fake'] }]);
    expect(toolDiagnostics(judgements, { all: false, label: 'out' })).toEqual([]);
    expect(toolDiagnostics(judgements, { all: true, label: 'out' })).toMatchObject([
      {
        code: 'tool-missing',
        severity: 'error',
        message: 'fake cannot judge 1 file: fake not found',
        help: 'apt-get install fake-tools',
      },
    ]);
  });
  test('a tool that needs root is unusable where nobody can be root', async () => {
    fake('exit 0');
    fake('exit 1', 'unshare');
    const judgements = await judged([file(text)], { tools: [{ ...tool, root: true }], path: dir });
    expect(judgements).toMatchObject([{ state: 'unusable', findings: [] }]);
    expect(toolDiagnostics(judgements, { all: true, label: 'out' })).toMatchObject([
      { code: 'tool-missing' },
    ]);
  });
});

test('on a Proxmox host its own programs judge the live files', async () => {
  const judgedHost = () => withWorld({ path: dir }, judgeHost);
  expect(await judgedHost()).toEqual([]);
  fake('exit 0', 'pvesm');
  fake('[ "$1" != acl ] || { echo "Error: unknown role" >&2; exit 255; }', 'proxmox-backup-manager');
  const judgements = await judgedHost();
  expect(judgements.map(({ state }) => state)).toEqual([
    'passed',
    'refused',
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
    'passed',
  ]);
  expect(hostDiagnostics(judgements)).toEqual([
    {
      code: 'host-refused',
      severity: 'error',
      message: '`proxmox-backup-manager acl list` fails on this host: Error: unknown role',
      place: { kind: 'file', file: '/etc/proxmox-backup/acl.cfg', line: 1 },
    },
  ]);
});

test('a program of the host that hangs is bounded and said', async () => {
  fake('exec /bin/sleep 30', 'pvesm');
  const limits = { milliseconds: 300, bytes: 1000 };
  const judgements = await withWorld({ path: dir, limits }, judgeHost);
  expect(hostDiagnostics(judgements).map(({ code, severity }) => [code, severity])).toEqual([
    ['tool-unclear', 'warning'],
  ]);
});
