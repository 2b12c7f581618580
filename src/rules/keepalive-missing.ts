import { endBehind, endsBetween } from '../analyses/tunnel-sides.ts';
import { viaUses } from '../analyses/via-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Topology, Tunnel, TunnelEnd } from '../model/topology.ts';
import { push } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const keepaliveMissing: Rule = {
  id: 'keepalive-missing',
  severity: 'warning',
  summary: 'Others open connections to what lies behind a tunnel end that has no endpoint and no keepalive.',
  why: 'WireGuard is silent while there is nothing to send. Nobody knows where an end without endpoint is until it has sent something, and the NAT in front of it forgets after half a minute: the job that starts on the other side waits, and fails.',
  fix: 'Set `keepalive: 25s` at that end, or give it an `endpoint`.',
  example: {
    bad: 'ends: { gw-home: { public_key: … }, gw-dc: { endpoint: "203.0.113.10", … } } # pbs-dc pulls from home',
    good: 'ends: { gw-home: { keepalive: 25s, public_key: … }, gw-dc: { endpoint: "203.0.113.10", … } }',
  },
  *check({ topology }) {
    for (const [end, uses] of called(topology)) {
      const [first, ...others] = uses;
      if (first === undefined) continue;
      const rest = others.length > 0 ? ` and ${others.length} more` : '';
      yield {
        message: `${first.what}${rest} must reach \`${first.server}\` behind \`${end.key}\` of tunnel \`${end.tunnel.key}\`, which has no endpoint and no keepalive`,
        place: atKey(end.path),
        related: uses.slice(0, 8).map(({ what, path }) => ({ message: what, place: atValue(path) })),
        help: `add \`keepalive: 25s\` to \`${end.key}\`, or its \`endpoint\``,
      };
    }
  },
};

interface Call {
  readonly what: string;
  readonly path: readonly (string | number)[];
  readonly server: string;
}

/** Ends that wait in silence, with what is to pass them from outside. */
function called(topology: Topology): ReadonlyMap<TunnelEnd, readonly Call[]> {
  const found = new Map<TunnelEnd, Call[]>();
  if (![...topology.tunnels.values()].some(({ ends }) => ends.some(isSilent))) return found;
  for (const { what, path, via, clients, server } of viaUses(topology)) {
    if (via.kind !== 'tunnel' || via.tunnel.state !== 'active' || server === undefined) continue;
    const to = endBehind(via.tunnel, server);
    const froms = new Set(clients.map(client => endBehind(via.tunnel, client)));
    const hops = [...froms].flatMap(from => hopsBetween(via.tunnel, from, to));
    // Where neither has an endpoint, more is missing.
    const silent = hops.filter(([sender, end]) => isSilent(end) && sender.spec.endpoint !== undefined);
    for (const end of new Set(silent.map(([, end]) => end)))
      push(found, end, { what, path, server: server.key });
  }
  return found;
}

const isSilent = ({ spec }: TunnelEnd): boolean =>
  spec.endpoint === undefined && spec.keepalive === undefined;

/** Who sends to whom on the way. */
function hopsBetween(
  tunnel: Tunnel,
  from: TunnelEnd | undefined,
  to: TunnelEnd | undefined,
): (readonly [sender: TunnelEnd, receiver: TunnelEnd])[] {
  if (from === undefined || to === undefined) return [];
  const ends = endsBetween(tunnel, from, to);
  return ends.slice(1).map((end, index) => [ends[index] as TunnelEnd, end]);
}
