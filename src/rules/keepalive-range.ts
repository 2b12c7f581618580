import { atValue } from '../diagnostics/diagnostic.ts';
import { parseDuration } from '../proxmox/quantity.ts';
import type { Finding, Rule } from './rule.ts';

/** wg(8): a number of seconds from 1 to 65535. */
const MAX_SECONDS = 65_535;
/** Routers forget UDP connections after 30 seconds at the earliest (Linux: `nf_conntrack_udp_timeout`). */
const USEFUL_SECONDS = 120;

export const keepaliveRange: Rule = {
  id: 'keepalive-range',
  severity: 'error',
  summary: 'The keepalive of a tunnel end is not one that WireGuard takes.',
  why: 'WireGuard takes whole seconds from 1 to 65535; with another value the whole configuration is refused.',
  fix: 'Write `keepalive: 25s`, the usual value behind NAT, or leave it out.',
  example: { bad: 'keepalive: 1d', good: 'keepalive: 25s' },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      for (const { key, path, spec } of tunnel.ends) {
        if (spec.keepalive === undefined) continue;
        const fault = keepaliveFault(spec.keepalive, key);
        if (fault !== undefined) yield { ...fault, place: atValue([...path, 'keepalive']) };
      }
    }
  },
};

/** @param key of the end of the tunnel. */
export function keepaliveFault(text: string, key: string): Omit<Finding, 'place'> | undefined {
  const seconds = parseDuration(text);
  if (!seconds.ok || !Number.isInteger(seconds.value) || seconds.value > MAX_SECONDS) {
    const help = 'whole seconds from 1s to 65535s; 25s is usual behind NAT';
    return { message: `\`${text}\` is no keepalive for \`${key}\``, help };
  }
  if (seconds.value <= USEFUL_SECONDS) return undefined;
  return {
    severity: 'warning',
    message: `a keepalive of \`${text}\` is too slow to keep a NAT mapping of \`${key}\` alive`,
    help: 'routers forget UDP after 30 seconds and more: 25s is usual',
  };
}
