/** Commands of APPLY.md that only a kernel can judge: what they check, what they clean up, what they take back. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSteps } from '../../src/formats/markdown-steps/read.ts';
import { mustRunIn, type Namespace, runIn } from './namespaces.ts';
import { fileOn } from './rendered.ts';
import { kernelUnavailable } from './requirements.ts';
import { inWorld, type World } from './world.ts';

const root = join(import.meta.dirname, '../..');
const TOPOLOGY = readFileSync(join(root, 'topology.yaml'), 'utf8');
const LIMIT_MS = 120_000;
const FRAGMENT = '/etc/network/interfaces.d/offsite';

/** Code blocks of a step: its commands, and those below `Check:` and `To go back:`. */
function stepOf({ files }: World, host: string, title: string) {
  const found = readSteps(files.get(`${host}/APPLY.md`) ?? '').steps.find(step => step.title === title);
  if (found === undefined) return undefined;
  const blocks = { commands: '', check: '', undo: '' };
  let kind: keyof typeof blocks = 'commands';
  for (const block of found.blocks) {
    if (block.kind === 'code') blocks[kind] = block.lines.join('\n');
    else if (block.lines[0] === 'Check:') kind = 'check';
    else if (block.lines[0] === 'To go back:') kind = 'undo';
  }
  return blocks;
}

const shell = (namespace: Namespace, script: string) =>
  runIn(namespace, ['bash', '-e', '-o', 'pipefail'], script);

const routesTo = (namespace: Namespace, prefix: string): Promise<string> =>
  mustRunIn(namespace, ['ip', 'route', 'show', 'exact', prefix]);

describe.skipIf(kernelUnavailable())('APPLY.md', () => {
  const TITLES = [
    'Load the static routes',
    'Switch forwarding on',
    'Key of tunnel backup',
    'Key of tunnel link',
  ];
  const CHECKED = [
    { file: 'topology.yaml', checks: 11 },
    { file: 'test/topologies/ipv6-only/topology.yaml', checks: 12 },
    { file: 'test/kernel/topologies/beside-the-switch.yaml', checks: 9 },
    { file: 'test/kernel/topologies/routers-of-their-own.yaml', checks: 9 },
  ];

  test.each(CHECKED)('what it checks holds in $file', { timeout: LIMIT_MS }, async ({ file, checks }) => {
    await inWorld(readFileSync(join(root, file), 'utf8'), {}, async world => {
      let seen = 0;
      for (const name of world.topology.hosts.keys()) {
        for (const title of TITLES) {
          const step = stepOf(world, name, title);
          if (step === undefined) continue;
          seen += 1;
          expect(step.check, `${name}: ${title}`).not.toBe('');
          expect(await shell(world.host(name), step.check), `${name}: ${title}`).toMatchObject({ status: 0 });
        }
      }
      expect(seen).toBe(checks);
    });
  });

  test('checks fail when the route or the forwarding is missing', { timeout: LIMIT_MS }, async () => {
    await inWorld(TOPOLOGY, {}, async world => {
      const routes = stepOf(world, 'pbs-dc', 'Load the static routes');
      await mustRunIn(world.host('pbs-dc'), ['ip', 'route', 'del', '10.10.30.0/24', 'dev', 'ens19']);
      expect((await shell(world.host('pbs-dc'), routes?.check ?? '')).status).not.toBe(0);
      const forwarding = stepOf(world, 'gw-dc', 'Switch forwarding on');
      await mustRunIn(world.host('gw-dc'), ['sysctl', '-q', '-w', 'net.ipv4.ip_forward=0']);
      expect((await shell(world.host('gw-dc'), forwarding?.check ?? '')).status).not.toBe(0);
    });
  });

  test('routes that the new fragment no longer has go, the others stay, and all can be taken back', {
    timeout: LIMIT_MS,
  }, async () => {
    const carried = TOPOLOGY.replace('carries: [home/storage,', 'carries: [home/storage, home/clients,');
    expect(carried).not.toBe(TOPOLOGY);
    await inWorld(carried, {}, async world => {
      const namespace = world.host('pbs-dc');
      const live = fileOn(world.files, 'pbs-dc', FRAGMENT) ?? '';
      const next = live.replace(/^.*10\.10\.50\.0.*\n/gm, '');
      expect(next).not.toBe(live);
      expect(await routesTo(namespace, '10.10.50.0/24')).toMatch(/via 10\.20\.30\.1 .*\nunreachable /);

      // The files are where a test may write, and nothing else is changed.
      mkdirSync(join(namespace.root, 'run/root/run'), { recursive: true });
      writeFileSync(join(namespace.root, 'run/offsite'), live);
      writeFileSync(join(namespace.root, 'run/root/run/offsite'), next);
      const functions = world.files.get('_shared/apply-functions.sh') ?? '';
      writeFileSync(join(namespace.root, 'run/apply-functions.sh'), functions);
      const clean = stepOf(world, 'pbs-dc', 'Remove routes that the new fragment no longer has');
      const commands = (clean?.commands ?? '').replaceAll(FRAGMENT, '/run/offsite');
      const script = `cd /run\n. ./apply-functions.sh\n${commands}`;
      expect(await shell(namespace, script)).toMatchObject({ status: 0, stderr: '' });
      expect(await routesTo(namespace, '10.10.50.0/24')).toBe('');
      expect(await routesTo(namespace, '10.10.30.0/24')).toMatch(/via 10\.20\.30\.1 .*\nunreachable /);

      const undo = stepOf(world, 'pbs-dc', 'Load the static routes')?.undo ?? '';
      const flush = undo.split('\n').filter(line => line.startsWith('ip '));
      expect(await shell(namespace, flush.join('\n'))).toMatchObject({ status: 0 });
      expect(await routesTo(namespace, '10.10.30.0/24')).toBe('');
    });
  });
});
