import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, Topology, TunnelEnd } from '../model/topology.ts';
import { parseAddress } from '../net/address.ts';
import { parseHostPort } from '../net/host-port.ts';
import type { Finding, Rule } from './rule.ts';

export const endpointElsewhere: Rule = {
  id: 'endpoint-elsewhere',
  severity: 'error',
  summary:
    'The endpoint of a tunnel end is the address of another host, or a port on which the end does not listen.',
  why: 'The peer sends its packets there, and nobody answers: the tunnel comes up only when the other side happens to begin, or never.',
  fix: 'Write the address and the port at which this end is reached.',
  example: {
    bad: 'port: 51820\nends: { gw-dc: { endpoint: "203.0.113.10:51821" } } # 203.0.113.10 is an interface of gw-dc',
    good: 'ends: { gw-dc: { endpoint: "203.0.113.10:51820" } }',
  },
  *check({ topology }) {
    const owners = ownersOf(endpointsIn(topology), topology);
    for (const tunnel of topology.tunnels.values()) {
      if (tunnel.state === 'retired') continue;
      for (const end of tunnel.ends) yield* judge(end, owners);
    }
  },
};

interface Owner {
  readonly host: Host;
  readonly path: TopologyPath;
}

function endpointsIn({ tunnels }: Topology): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { ends } of tunnels.values()) {
    for (const end of ends) {
      const address = endpointOf(end)?.address;
      if (address !== undefined) found.add(address);
    }
  }
  return found;
}

/** Undefined where it is no address. */
function endpointOf({
  endpoint,
}: TunnelEnd): { readonly address: string; readonly port: number } | undefined {
  const target = endpoint === undefined ? undefined : parseHostPort(endpoint);
  const address = target && parseAddress(target.host)?.text;
  return address === undefined ? undefined : { address, port: target?.port ?? 0 };
}

/** By address, of those in question. One that several have, as in networks that repeat at each site, says nothing. */
function ownersOf(wanted: ReadonlySet<string>, { hosts }: Topology): ReadonlyMap<string, Owner | undefined> {
  const owners = new Map<string, Owner | undefined>();
  if (wanted.size === 0) return owners;
  for (const host of hosts.values()) {
    if (host.state === 'retired') continue;
    for (const { addresses } of host.nics.values()) {
      for (const { address, path } of addresses)
        if (wanted.has(address)) owners.set(address, owners.has(address) ? undefined : { host, path });
    }
  }
  return owners;
}

/** What no interface has may be translated to the end by a router in front of it, on any port. */
function* judge(end: TunnelEnd, owners: ReadonlyMap<string, Owner | undefined>): Iterable<Finding> {
  const target = endpointOf(end);
  const owner = target && owners.get(target.address);
  if (target === undefined || owner === undefined) return;
  const place = atValue([...end.path, 'endpoint']);
  const related = [{ message: `the address of \`${owner.host.key}\``, place: atValue(owner.path) }];
  if (owner.host === end.host) {
    if (target.port === end.port) return;
    yield {
      message: `the endpoint of \`${end.key}\` has port ${target.port}, and \`${end.key}\` listens on ${end.port}`,
      place,
      related,
      help: `write port ${end.port}, or set \`port: ${target.port}\` at the end`,
    };
    return;
  }
  // A router of ours in front of the end passes the port on to it.
  if (!end.tunnel.ends.some(({ host }) => host === owner.host)) return;
  yield {
    message: `the endpoint \`${target.address}\` of \`${end.key}\` is an address of \`${owner.host.key}\`, another end of tunnel \`${end.tunnel.key}\``,
    place,
    related,
    help: `write the address at which \`${end.key}\` is reached`,
  };
}
