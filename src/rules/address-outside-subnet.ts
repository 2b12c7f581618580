import { isLinkLocal } from '../analyses/link-local.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { NicAddress, Prefix, Vlan } from '../model/topology.ts';
import { type Address, type Cidr, cidrOf, parseAddress } from '../net/address.ts';
import { type AddressCache, addressCache } from '../net/address-cache.ts';
import { contains, isBroadcastAddress, isNetworkAddress } from '../net/prefix.ts';
import type { Finding, Rule } from './rule.ts';

export const addressOutsideSubnet: Rule = {
  id: 'address-outside-subnet',
  severity: 'error',
  summary: 'An interface has an address that is not one for hosts of its network.',
  why: 'With an address outside the subnet the host reaches nobody on the VLAN; the first address of a subnet names the subnet, the last one every host in it.',
  fix: 'Choose an address inside the subnet of the VLAN, or correct the VLAN of the interface.',
  example: {
    bad: 'ens19: { vlan: storage, address: 10.10.10.20 } # storage is 10.10.30.0/24',
    good: 'ens19: { vlan: storage, address: 10.10.30.20 }',
  },
  *check({ topology }) {
    // Networks are few, addresses are not.
    const networks = addressCache();
    for (const host of topology.hosts.values()) {
      for (const nic of host.nics.values()) {
        for (const own of nic.addresses) {
          const finding = addressFinding(own, nic.vlan, networks);
          if (finding !== undefined) yield finding;
        }
      }
    }
  },
};

type Network = Pick<Vlan, 'ref' | 'path' | 'prefixes'>;

/** @param vlan that the interface is in. */
export function addressFinding(
  own: NicAddress,
  vlan: Network | undefined,
  networks: AddressCache,
): Finding | undefined {
  const address = parseAddress(own.address);
  if (address === undefined || isLinkLocal(address)) return undefined;
  const prefix = vlan?.prefixes.find(({ family }) => family === own.family);
  const network = prefix === undefined ? cidrOf(address, own.length) : networks.cidr(prefix.text);
  if (network === undefined || isFit(own, address, network, prefix)) return undefined;
  return judge(vlan, own, address, network, prefix);
}

const isFit = (own: NicAddress, address: Address, network: Cidr, prefix: Prefix | undefined): boolean =>
  contains(network, address) &&
  !isNetworkAddress(network, address) &&
  !isBroadcastAddress(network, address) &&
  (prefix === undefined || own.length === prefix.length);

function judge(
  vlan: Network | undefined,
  own: NicAddress,
  address: Address,
  network: Cidr,
  prefix: Prefix | undefined,
): Finding {
  const of = vlan === undefined ? '' : ` of VLAN \`${vlan.ref}\``;
  const subnet = vlan && [...vlan.path, own.family === 4 ? 'subnet' : 'subnet6'];
  const related = subnet && prefix ? { related: [{ message: 'the subnet', place: atValue(subnet) }] } : {};
  const at = { place: atValue(own.path), ...related };
  const help = `hosts of \`${network.network}\` have ${own.family === 4 && network.length < 31 ? 'the addresses between its first and its last one' : 'its other addresses'}`;
  if (!contains(network, address)) {
    return {
      message: `\`${own.address}\` is outside \`${network.network}\`${of}`,
      ...at,
      help: 'use an address inside the subnet, or name the VLAN that it belongs to',
    };
  }
  if (isNetworkAddress(network, address)) {
    const message = `\`${own.address}\` is the address of the network \`${network.network}\` itself`;
    return { message, ...at, help };
  }
  if (isBroadcastAddress(network, address)) {
    const message = `\`${own.address}\` is the broadcast address of \`${network.network}\``;
    return { message, ...at, help };
  }
  return {
    severity: 'warning',
    message: `\`${own.address}\` has the length /${own.length}, and the subnet${of} has /${prefix?.length}`,
    ...at,
    help: 'leave the length out: it is that of the VLAN',
  };
}
