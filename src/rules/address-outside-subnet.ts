import { isLinkLocal } from '../analyses/link-local.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Nic, NicAddress, Prefix } from '../model/topology.ts';
import { type Address, type Cidr, cidrOf } from '../net/address.ts';
import { addressCache } from '../net/address-cache.ts';
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
    const known = addressCache();
    for (const host of topology.hosts.values()) {
      for (const nic of host.nics.values()) {
        for (const own of nic.addresses) {
          const address = known.address(own.address);
          if (address === undefined || isLinkLocal(address)) continue;
          const prefix = nic.vlan?.prefixes.find(({ family }) => family === own.family);
          const network = prefix === undefined ? cidrOf(address, own.length) : known.cidr(prefix.text);
          if (network) yield* judge(nic, own, address, network, prefix);
        }
      }
    }
  },
};

function* judge(
  nic: Nic,
  own: NicAddress,
  address: Address,
  network: Cidr,
  prefix: Prefix | undefined,
): Iterable<Finding> {
  const place = atValue(own.path);
  const of = nic.vlan === undefined ? '' : ` of VLAN \`${nic.vlan.ref}\``;
  const subnet = nic.vlan && [...nic.vlan.path, own.family === 4 ? 'subnet' : 'subnet6'];
  const related = subnet && prefix ? { related: [{ message: 'the subnet', place: atValue(subnet) }] } : {};
  const help = `hosts of \`${network.network}\` have ${own.family === 4 && network.length < 31 ? 'the addresses between its first and its last one' : 'its other addresses'}`;
  if (!contains(network, address)) {
    const message = `\`${own.address}\` is outside \`${network.network}\`${of}`;
    yield {
      message,
      place,
      ...related,
      help: 'use an address inside the subnet, or name the VLAN that it belongs to',
    };
  } else if (isNetworkAddress(network, address)) {
    yield {
      message: `\`${own.address}\` is the address of the network \`${network.network}\` itself`,
      place,
      ...related,
      help,
    };
  } else if (isBroadcastAddress(network, address)) {
    yield {
      message: `\`${own.address}\` is the broadcast address of \`${network.network}\``,
      place,
      ...related,
      help,
    };
  } else if (prefix !== undefined && own.length !== prefix.length) {
    const message = `\`${own.address}\` has the length /${own.length}, and the subnet${of} has /${prefix.length}`;
    yield {
      severity: 'warning',
      message,
      place,
      ...related,
      help: 'leave the length out: it is that of the VLAN',
    };
  }
}
