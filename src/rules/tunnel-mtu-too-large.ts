import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Tunnel } from '../model/topology.ts';
import { type IpVersion, parseAddress } from '../net/address.ts';
import { parseHostPort } from '../net/host-port.ts';
import { linkMtuFor, wireguardMtu, wireguardOverhead } from '../net/wireguard-mtu.ts';
import type { Rule } from './rule.ts';

const DEFAULT_UNDERLAY = 1500;

export const tunnelMtuTooLarge: Rule = {
  id: 'tunnel-mtu-too-large',
  severity: 'warning',
  summary: 'Packets of a tunnel are larger than the path between its ends takes.',
  why: 'Full packets are fragmented on the way, or dropped without a word: the login works, and the backup hangs.',
  fix: 'Lower `mtu` of the tunnel: to 60 bytes less than the path takes over IPv4, 80 over IPv6.',
  example: {
    bad: 'mtu: 1420\nunderlay_mtu: 1492 # PPPoE, endpoints with IPv6',
    good: 'mtu: 1412\nunderlay_mtu: 1492',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      if (tunnel.state === 'retired') continue;
      const underlay = tunnel.spec.underlay_mtu ?? DEFAULT_UNDERLAY;
      const version = underlayVersion(tunnel);
      if (linkMtuFor(tunnel.mtu, version) <= underlay) continue;
      const { mtu, underlay_mtu } = tunnel.spec;
      yield {
        message: `tunnel \`${tunnel.key}\` makes packets of ${tunnel.mtu} + ${wireguardOverhead(version)} bytes, and the path between its ends takes ${underlay}`,
        place: mtu === undefined ? atKey(tunnel.path) : atValue([...tunnel.path, 'mtu']),
        ...(underlay_mtu !== undefined && {
          related: [{ message: 'what the path takes', place: atValue([...tunnel.path, 'underlay_mtu']) }],
        }),
        help: `set \`mtu: ${wireguardMtu(underlay, version)}\` or less (outside packets are IPv${version}${version === 6 ? ', or may be' : ''})`,
      };
    }
  },
};

/** IPv6 as soon as one endpoint may be it: a name can resolve to either. */
function underlayVersion({ ends }: Tunnel): IpVersion {
  const hosts = ends.flatMap(end =>
    end.endpoint === undefined ? [] : [parseHostPort(end.endpoint)?.host ?? ''],
  );
  return hosts.length > 0 && hosts.every(host => parseAddress(host)?.version === 4) ? 4 : 6;
}
