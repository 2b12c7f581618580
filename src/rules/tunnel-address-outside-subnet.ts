import { atValue } from '../diagnostics/diagnostic.ts';
import { parseAddress, parseCidr } from '../net/address.ts';
import { contains, isBroadcastAddress, isNetworkAddress } from '../net/prefix.ts';
import type { Rule } from './rule.ts';

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
      for (const { address, family, path, end } of tunnel.ends.flatMap(end =>
        end.addresses.map(own => ({ ...own, end })),
      )) {
        const prefix = parseCidr(tunnel.prefixes.find(candidate => candidate.family === family)?.text ?? '');
        const value = parseAddress(address);
        if (prefix === undefined || value === undefined) continue;
        const what = !contains(prefix, value)
          ? 'is outside'
          : isNetworkAddress(prefix, value)
            ? 'is the network address of'
            : isBroadcastAddress(prefix, value)
              ? 'is the broadcast address of'
              : undefined;
        if (what === undefined) continue;
        yield {
          message: `\`${address}\` of \`${end.key}\` ${what} \`${prefix.network}\`, the transfer network of tunnel \`${tunnel.key}\``,
          place: atValue(path),
          related: [
            {
              message: 'the transfer network',
              place: atValue([...tunnel.path, family === 4 ? 'subnet' : 'subnet6']),
            },
          ],
          help: 'choose a host address of the transfer network, or widen it',
        };
      }
    }
  },
};
