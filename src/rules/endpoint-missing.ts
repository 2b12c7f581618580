import { endBehind } from '../analyses/tunnel-sides.ts';
import { viaUses } from '../analyses/via-uses.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Topology, Tunnel, TunnelEnd } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const endpointMissing: Rule = {
  id: 'endpoint-missing',
  severity: 'error',
  summary: 'Two ends of a tunnel have no endpoint either of them could send to.',
  why: 'WireGuard learns the address of a peer from the first packet that it receives from it. When neither side knows where the other is, neither sends the first one.',
  fix: 'Give one of the two an `endpoint`: the one that the internet reaches. Where neither can have one, let a third pass on what is for the other: `kind: hub`.',
  example: {
    bad: 'ends: { gw-home: { address: 10.99.0.1, public_key: … }, gw-dc: { address: 10.99.0.2, public_key: … } }',
    good: 'gw-dc: { address: 10.99.0.2, endpoint: "203.0.113.10:51820", public_key: … }',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      if (tunnel.state === 'retired') continue;
      const [first, others] = unreachable(tunnel);
      if (first === undefined || others.length === 0) continue;
      const names = others.slice(0, 5).map(end => `\`${end.key}\``);
      if (others.length > names.length) names.push(`${others.length - names.length} more`);
      const idle = tunnel.kind === 'mesh' && !isPassed(topology, tunnel, new Set([first, ...others]));
      yield {
        ...(idle && { severity: 'warning' as const }),
        message: `tunnel \`${tunnel.key}\`: neither \`${first.key}\` nor ${names.join(', ')} has an endpoint, so they never find each other`,
        place: atKey(first.path),
        related: others.map(end => ({ message: 'no endpoint either', place: atKey(end.path) })),
        help: helpFor(tunnel, first),
      };
    }
  },
};

function helpFor({ kind, ends }: Tunnel, { port }: TunnelEnd): string {
  const endpoint = `add \`endpoint: HOST:${port}\` to`;
  if (kind !== 'mesh') return `${endpoint} ${kind === 'hub' ? 'the hub' : 'one of the two'}`;
  const found = ends.find(end => end.endpoint !== undefined);
  const hub = found && `, or let \`${found.key}\` pass it on: \`kind: hub\`, \`hub: ${found.key}\``;
  return `${endpoint} all of them but one${hub ?? ''}`;
}

/** Whether something declared must pass between two of these ends. */
const isPassed = (topology: Topology, tunnel: Tunnel, hidden: ReadonlySet<TunnelEnd>): boolean =>
  viaUses(topology).some(({ via, clients, server }) => {
    if (via.kind !== 'tunnel' || via.tunnel !== tunnel || server === undefined) return false;
    const to = endBehind(tunnel, server);
    if (to === undefined || !hidden.has(to)) return false;
    return clients.some(client => {
      const from = endBehind(tunnel, client);
      return from !== undefined && from !== to && hidden.has(from);
    });
  });

/** An end without endpoint, and those of its peers that have none. Of a hub the spokes do not talk to one another. */
function unreachable({ kind, ends }: Tunnel): readonly [TunnelEnd | undefined, readonly TunnelEnd[]] {
  const hidden = ends.filter(end => end.endpoint === undefined);
  if (kind !== 'hub') return [hidden[0], hidden.slice(1)];
  const hub = hidden.find(end => end.isHub);
  return [hub, hidden.filter(end => end !== hub)];
}
