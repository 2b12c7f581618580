import { atValue } from '../diagnostics/diagnostic.ts';
import type { Tunnel, TunnelEnd, Vlan } from '../model/topology.ts';
import { type Cidr, parseAddress, parseCidr } from '../net/address.ts';
import { parseHostPort } from '../net/host-port.ts';
import { prefixTable } from '../net/longest-prefix.ts';
import type { Rule } from './rule.ts';

export const endpointInTunnel: Rule = {
  id: 'endpoint-in-tunnel',
  severity: 'error',
  summary: 'The endpoint of a tunnel end lies in a network that the tunnel itself carries.',
  why: 'The peer routes that network into the tunnel, so the packets of the tunnel would have to go through the tunnel: it never comes up.',
  fix: 'Use the public address of the end, or one on a network that the tunnel does not carry.',
  example: {
    bad: 'carries: [home/storage, dc/backup]\nends: { gw-dc: { endpoint: "10.20.30.1:51820" } } # on dc/backup',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      if (tunnel.state === 'retired') continue;
      const table = prefixTable(carriedPrefixes(tunnel));
      for (const end of tunnel.ends) {
        const address = parseAddress(parseHostPort(end.endpoint ?? '')?.host ?? '');
        const found = address && table.lookup(address);
        if (address === undefined || found === undefined || !isRouted(end, found.behind)) continue;
        yield {
          message: `the endpoint \`${address.text}\` of \`${end.key}\` lies in ${found.name}, which goes through tunnel \`${tunnel.key}\` itself`,
          place: atValue([...end.path, 'endpoint']),
          related: [{ message: 'the network', place: atValue(found.path) }],
          help: 'use an address that is reached without the tunnel',
        };
      }
    }
  },
};

interface Carried {
  readonly name: string;
  readonly path: Vlan['path'];
  /** Undefined for the transfer network, which is behind every end. */
  readonly behind: TunnelEnd | undefined;
}

function* carriedPrefixes(tunnel: Tunnel): Iterable<readonly [Cidr, Carried]> {
  const at = (network: Vlan | Tunnel, family: 4 | 6) => [
    ...network.path,
    family === 4 ? 'subnet' : 'subnet6',
  ];
  for (const { text, family } of tunnel.prefixes) {
    const prefix = parseCidr(text);
    if (prefix)
      yield [
        prefix,
        { name: `the transfer network \`${text}\``, path: at(tunnel, family), behind: undefined },
      ];
  }
  for (const [vlan, behind] of tunnel.endOf) {
    for (const { text, family } of vlan.prefixes) {
      const prefix = parseCidr(text);
      if (prefix)
        yield [prefix, { name: `\`${text}\` of VLAN \`${vlan.ref}\``, path: at(vlan, family), behind }];
    }
  }
}

/** Whether a peer of the end sends the network through the tunnel: not the one that has it on its own side. */
const isRouted = (end: TunnelEnd, behind: TunnelEnd | undefined): boolean =>
  end.peers.some(peer => peer !== behind);
