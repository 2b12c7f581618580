import { spawnSync } from 'node:child_process';
import { missingTool } from '../support/tools.ts';

/** Packages of Debian: iproute2, nftables, procps, util-linux, wireguard-go, wireguard-tools. */
const TOOLS = [
  'bash',
  'ip',
  'mount',
  'nft',
  'nsenter',
  'sysctl',
  'unshare',
  'wg',
  'wg-quick',
  'wireguard-go',
];

/**
 * Whether the tests with a real kernel must be skipped: they need programs and the right to make namespaces. In CI
 * nothing is skipped, and what is missing is an error.
 */
export function kernelUnavailable(): boolean {
  if (TOOLS.map(missingTool).includes(true)) return true;
  const { status, stderr } = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'true']);
  if (status === 0) return false;
  const why = `namespaces cannot be made (root is needed): ${stderr}`;
  if (process.env['CI'] !== undefined) throw new Error(why);
  console.warn(`SKIPPED: ${why}`);
  return true;
}
