import { isLinkLocal } from '../analyses/link-local.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Nic, Vlan } from '../model/topology.ts';
import { type Address, addressBits, type Cidr, cidrOf, parseAddress, parseCidr } from '../net/address.ts';
import { contains, isBroadcastAddress, isNetworkAddress } from '../net/prefix.ts';
import type { Finding, Rule } from './rule.ts';

export const gatewayNotOnVlan: Rule = {
  id: 'gateway-not-on-vlan',
  severity: 'error',
  summary: 'A gateway is not on the network whose hosts are to use it.',
  why: 'A next hop must be reached without a gateway: the kernel refuses the default route ("Nexthop has invalid gateway").',
  fix: 'Write the address that the router has in this network.',
  example: {
    bad: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.1.1 }',
    good: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.10.1 }',
  },
  *check({ topology }) {
    for (const site of topology.sites.values()) for (const vlan of site.vlans.values()) yield* ofVlan(vlan);
    for (const host of topology.hosts.values()) {
      for (const nic of host.nics.values())
        if ((nic.spec.gateway ?? nic.spec.gateway6) !== undefined) yield* ofNic(nic);
    }
  },
};

const NAMES = [
  ['gateway', 'subnet', 4, 'address'],
  ['gateway6', 'subnet6', 6, 'address6'],
] as const;

function* ofVlan({ ref, spec, path, prefixes }: Vlan): Iterable<Finding> {
  for (const [name, subnet, family] of NAMES) {
    const text = spec[name];
    const gateway = text === undefined ? undefined : parseAddress(text);
    if (gateway === undefined || isLinkLocal(gateway)) continue;
    const place = atValue([...path, name]);
    const prefix = parseCidr(prefixes.find(candidate => candidate.family === family)?.text ?? '');
    if (prefix === undefined) {
      const message = `VLAN \`${ref}\` has the gateway \`${gateway.text}\` and no IPv${family} subnet`;
      yield { message, place, help: `add \`${subnet}\`, or remove \`${name}\`` };
      continue;
    }
    const related = [{ message: 'the subnet', place: atValue([...path, subnet]) }];
    const help = `the gateway is an address inside \`${prefix.network}\``;
    if (!contains(prefix, gateway)) {
      const message = `the gateway \`${gateway.text}\` is outside \`${prefix.network}\` of VLAN \`${ref}\``;
      yield { message, place, related, help };
    } else if (isNetworkAddress(prefix, gateway) || isBroadcastAddress(prefix, gateway)) {
      const message = `the gateway \`${gateway.text}\` of VLAN \`${ref}\` is ${unfit(prefix, gateway)}`;
      yield { message, place, related, help };
    }
  }
}

const unfit = (network: Cidr, gateway: Address): string =>
  isNetworkAddress(network, gateway) ? 'the address of the network itself' : 'the broadcast address';

function* ofNic(nic: Nic): Iterable<Finding> {
  for (const [name, , family, address] of NAMES) {
    const text = nic.spec[name];
    const gateway = text === undefined ? undefined : parseAddress(text);
    if (gateway === undefined) continue;
    const place = atValue([...nic.path, name]);
    const own = nic.addresses.find(address => address.family === family);
    if (own === undefined) {
      // By DHCP or announcements it may get an address of any family; of one that is none, that is said already.
      if (nic.spec.dhcp === true || nic.spec[address] !== undefined) continue;
      const message = `\`${nic.key}\` of \`${nic.host.key}\` has the gateway \`${gateway.text}\` and no IPv${family} address`;
      yield { message, place, help: `add \`${address}\`, or remove \`${name}\`` };
      continue;
    }
    // A host route leads to the gateway of a single address, as providers of servers hand them out.
    if (own.length === addressBits(family)) continue;
    const related = [{ message: 'the address', place: atValue(own.path) }];
    const parsed = parseAddress(own.address);
    if (parsed === undefined || isLinkLocal(gateway)) continue;
    const network = cidrOf(parsed, own.length);
    if (gateway.text === own.address) {
      const message = `\`${nic.key}\` of \`${nic.host.key}\` has its own address \`${gateway.text}\` as its gateway`;
      yield { message, place, related, help: 'write the address of the router' };
    } else if (!contains(network, gateway)) {
      const message = `the gateway \`${gateway.text}\` cannot be reached from \`${own.address}/${own.length}\``;
      yield { message, place, related, help: `the gateway is an address inside \`${network.network}\`` };
    } else if (isNetworkAddress(network, gateway) || isBroadcastAddress(network, gateway)) {
      const message = `the gateway \`${gateway.text}\` of \`${nic.key}\` of \`${nic.host.key}\` is ${unfit(network, gateway)}`;
      yield { message, place, related, help: `the gateway is an address inside \`${network.network}\`` };
    }
  }
}
