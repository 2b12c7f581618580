import { gatewayOfVlan, ownerOf } from '../analyses/routers.ts';
import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, Nic, Vlan } from '../model/topology.ts';
import { parseAddress } from '../net/address.ts';
import type { Finding, Rule } from './rule.ts';

export const gatewayNoRouter: Rule = {
  id: 'gateway-no-router',
  severity: 'warning',
  summary: 'The gateway of a network is a host that is no router.',
  why: 'All that is to leave the network is sent to that host. Without forwarding it drops the packets: nothing reaches the internet, and answers to other networks are lost.',
  fix: 'Write the address of the router, or give the host the role `gateway` if it routes.',
  example: {
    bad: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.10.11 } # pve-1',
    good: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.10.1 }',
  },
  *check({ topology }) {
    for (const { vlans } of topology.sites.values()) {
      for (const vlan of vlans.values()) {
        for (const [name, family] of NAMES) {
          const text = gatewayOfVlan(vlan, family);
          yield* judge(vlan, text, [...vlan.path, name], `VLAN \`${vlan.ref}\``);
        }
      }
    }
    for (const { nics } of topology.hosts.values()) for (const nic of nics.values()) yield* ofNic(nic);
  },
};

const NAMES = [
  ['gateway', 4],
  ['gateway6', 6],
] as const;

function* ofNic({ spec, vlan, path, key, host }: Nic): Iterable<Finding> {
  if (vlan === undefined || (spec.gateway ?? spec.gateway6) === undefined) return;
  for (const [name] of NAMES) {
    const text = spec[name];
    const address = text === undefined ? undefined : parseAddress(text)?.text;
    yield* judge(vlan, address, [...path, name], `\`${key}\` of \`${host.key}\``, host);
  }
}

/** That a host is its own gateway is said elsewhere. */
function* judge(
  vlan: Vlan,
  gateway: string | undefined,
  path: TopologyPath,
  whose: string,
  user?: Host,
): Iterable<Finding> {
  const owner = gateway === undefined ? undefined : ownerOf(vlan, gateway);
  if (owner === undefined || owner === user || owner.roles.has('gateway')) return;
  yield {
    message: `the gateway \`${gateway}\` of ${whose} is \`${owner.key}\`, which has no role \`gateway\``,
    place: atValue(path),
    related: [{ message: `\`${owner.key}\``, place: atKey(owner.path) }],
    help: `write the address of the router, or give \`${owner.key}\` the role \`gateway: true\` if it routes`,
  };
}
