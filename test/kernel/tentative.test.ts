/** An IPv6 address that was just set is no source of a route yet: the rendered lines wait for it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { AWAIT_IPV6 } from '../../src/artifacts/tentative.ts';
import { kernelUnavailable } from './requirements.ts';

/** In a namespace of its own, which ends with the shell: a NIC with duplicate address detection, then the lines of `up`. */
function boot(ups: readonly string[]): string {
  const script = [
    'ip link add name va type veth peer name vb',
    'ip link set lo up; ip link set vb up; ip link set va up',
    'ip -6 address add fd00:1::20/64 dev va',
    ...ups.map(up => `sh -c '${up}' || true`),
    'ip -6 route show fd00:2::/64',
  ].join('\n');
  const { stdout, status, stderr } = spawnSync('unshare', ['-n', 'bash', '-e'], {
    input: script,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

const ROUTE = 'ip -6 route replace fd00:2::/64 via fd00:1::1 dev va src fd00:1::20';

test.skipIf(kernelUnavailable())('a route with a source is there after a start', { timeout: 30_000 }, () => {
  expect(boot([ROUTE])).toBe('');
  expect(boot([AWAIT_IPV6, ROUTE])).toContain('via fd00:1::1 dev va src fd00:1::20');
});

test('the shells that run the line can read it', () => {
  for (const shell of ['sh', 'bash']) execFileSync(shell, ['-n', '-c', AWAIT_IPV6]);
});
