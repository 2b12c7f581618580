import { isInside } from '../analyses/via-reach.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Host, TunnelEnd } from '../model/topology.ts';
import { type Address, cidrOf, parseAddress } from '../net/address.ts';
import { parseHostPort } from '../net/host-port.ts';
import { contains } from '../net/prefix.ts';
import { privateKind } from '../net/private.ts';
import type { Rule } from './rule.ts';

export const endpointPrivate: Rule = {
  id: 'endpoint-private',
  severity: 'warning',
  summary: 'The endpoint of a tunnel end is an address inside its site, and a peer is at another one.',
  why: 'No router of the internet leads to a private address: the packets of the peer end at its own gateway, and the tunnel comes up only when this end calls, or never.',
  fix: 'Write the public name or address at which the site is reached. Where a line of your own joins the sites, give its network `purpose: transit`.',
  example: {
    bad: 'ends: { gw-dc: { endpoint: "10.20.10.1:51820" } } # its address on dc/mgmt',
    good: 'ends: { gw-dc: { endpoint: "203.0.113.10:51820" } }',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      if (tunnel.state === 'retired') continue;
      for (const end of tunnel.ends) {
        const address = parseAddress(parseHostPort(end.endpoint ?? '')?.host ?? '');
        const kind = address && privateKind(address);
        if (address === undefined || kind === undefined) continue;
        const vlan = [...end.host.site.vlans.values()].find(one => isInside(one, address));
        const peer = end.peers.find(other => isOutside(other, end, address));
        if (vlan === undefined || vlan.spec.purpose === 'transit' || peer === undefined) continue;
        // What the tunnel itself carries is a worse mistake, and said as such.
        if (tunnel.endOf.has(vlan)) continue;
        yield {
          message: `the endpoint \`${address.text}\` of \`${end.key}\` is an address of VLAN \`${vlan.ref}\` that is ${kind}, and \`${peer.key}\` is at \`${peer.host.site.key}\``,
          place: atValue([...end.path, 'endpoint']),
          related: [
            {
              message: 'the network',
              place: atValue([...vlan.path, address.version === 4 ? 'subnet' : 'subnet6']),
            },
          ],
          help: 'write the public name or address at which the site is reached',
        };
      }
    }
  },
};

const isOutside = ({ host }: TunnelEnd, end: TunnelEnd, address: Address): boolean =>
  host.site !== end.host.site && !isConnected(host, address);

const isConnected = ({ nics }: Host, address: Address): boolean =>
  [...nics.values()].some(({ addresses }) =>
    addresses.some(own => {
      const parsed = parseAddress(own.address);
      return parsed !== undefined && contains(cidrOf(parsed, own.length), address);
    }),
  );
