import { atKey } from '../diagnostics/diagnostic.ts';
import type { Tunnel, TunnelEnd } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const endpointMissing: Rule = {
  id: 'endpoint-missing',
  severity: 'error',
  summary: 'Two ends of a tunnel have no endpoint either of them could send to.',
  why: 'WireGuard learns the address of a peer from the first packet that it receives from it. When neither side knows where the other is, neither sends the first one.',
  fix: 'Give one of the two an `endpoint`: the one that the internet reaches.',
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
      yield {
        message: `tunnel \`${tunnel.key}\`: neither \`${first.key}\` nor ${names.join(', ')} has an endpoint, so they never find each other`,
        place: atKey(first.path),
        related: others.map(end => ({ message: 'no endpoint either', place: atKey(end.path) })),
        help: `add \`endpoint: HOST:${first.port}\` to ${tunnel.kind === 'hub' ? 'the hub' : tunnel.kind === 'mesh' ? 'all of them but one' : 'one of the two'}`,
      };
    }
  },
};

/** An end without endpoint, and those of its peers that have none. Of a hub the spokes do not talk to one another. */
function unreachable({ kind, ends }: Tunnel): readonly [TunnelEnd | undefined, readonly TunnelEnd[]] {
  const hidden = ends.filter(end => end.endpoint === undefined);
  if (kind !== 'hub') return [hidden[0], hidden.slice(1)];
  const hub = hidden.find(end => end.isHub);
  return [hub, hidden.filter(end => end !== hub)];
}
