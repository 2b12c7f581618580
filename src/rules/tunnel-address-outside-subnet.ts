import { atValue } from '../diagnostics/diagnostic.ts';
import type { NicAddress, Tunnel } from '../model/topology.ts';
import { parseAddress, parseCidr } from '../net/address.ts';
import { contains, isBroadcastAddress, isNetworkAddress } from '../net/prefix.ts';
import type { Finding, Rule } from './rule.ts';

export const tunnelAddressOutsideSubnet: Rule = {
  id: 'tunnel-address-outside-subnet',
  severity: 'error',
  summary: 'The address of a tunnel end is not one for hosts of the transfer network.',
  why: 'The other end routes the transfer network into the tunnel and nothing else: this end does not answer.',
  fix: 'Choose an address inside `subnet` (`subnet6`) of the tunnel.',
  example: {
    bad: 'subnet: 10.99.0.0/30\nends: { gw-home: { address: 10.99.0.5 } }',
    good: 'subnet: 10.99.0.0/30\nends: { gw-home: { address: 10.99.0.1 } }',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      for (const { key, addresses } of tunnel.ends) {
        for (const own of addresses) {
          const finding = tunnelAddressFinding(own, key, tunnel);
          if (finding !== undefined) yield finding;
        }
      }
    }
  },
};

/** @param end key of the end that has the address. */
export function tunnelAddressFinding(
  { address, family, path }: Pick<NicAddress, 'address' | 'family' | 'path'>,
  end: string,
  tunnel: Pick<Tunnel, 'key' | 'path' | 'prefixes'>,
): Finding | undefined {
  const prefix = parseCidr(tunnel.prefixes.find(candidate => candidate.family === family)?.text ?? '');
  const value = parseAddress(address);
  if (prefix === undefined || value === undefined) return undefined;
  const what = !contains(prefix, value)
    ? 'is outside'
    : isNetworkAddress(prefix, value)
      ? 'is the network address of'
      : isBroadcastAddress(prefix, value)
        ? 'is the broadcast address of'
        : undefined;
  if (what === undefined) return undefined;
  const subnet = atValue([...tunnel.path, family === 4 ? 'subnet' : 'subnet6']);
  return {
    message: `\`${address}\` of \`${end}\` ${what} \`${prefix.network}\`, the transfer network of tunnel \`${tunnel.key}\``,
    place: atValue(path),
    related: [{ message: 'the transfer network', place: subnet }],
    help: 'choose a host address of the transfer network, or widen it',
  };
}
