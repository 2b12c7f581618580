import {
  gatewayOfVlan,
  hostsOnBoth,
  isRouter,
  ownerOf,
  routedPath,
  routersBetween,
} from '../analyses/routers.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { Vlan } from '../model/topology.ts';
import { FAMILIES } from '../net/address.ts';
import type { Finding, Rule } from './rule.ts';

export const routedWithoutRouter: Rule = {
  id: 'routed-without-router',
  severity: 'error',
  summary: 'A VLAN is said to be routed from another one, and no router between the two is known.',
  why: 'Nobody passes the packets on: what must use the VLAN fails from there, and no route to it can be derived.',
  fix: 'Declare the router: a host with the role `gateway` (with `managed: false` where it is not rendered) and an address on both VLANs. Where it is to be no host of the topology, give both VLANs the `gateway` address that it has there.',
  example: {
    bad: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.10.1 }\nbackup: { subnet: 10.10.40.0/24, routed_from: [mgmt] } # no gateway',
    good: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.10.1 }\nbackup: { subnet: 10.10.40.0/24, gateway: 10.10.40.1, routed_from: [mgmt] }',
  },
  *check({ topology }) {
    for (const { vlans } of topology.sites.values()) {
      for (const vlan of vlans.values()) for (const from of vlan.routedFrom) yield* judge(vlan, from);
    }
  },
};

function* judge(vlan: Vlan, from: Vlan): Iterable<Finding> {
  const place = atValue(routedPath(vlan, from));
  if (from === vlan) {
    const help = 'name the VLANs from which others reach it';
    yield { message: `VLAN \`${vlan.ref}\` is routed from itself`, place, help };
    return;
  }
  const between = routersBetween(from, vlan);
  if (between[4] !== undefined || between[6] !== undefined) return;
  const pair = `VLAN \`${vlan.ref}\` is routed from \`${from.ref}\``;
  const family = FAMILIES.find(each => [vlan, from].every(one => hasFamily(one, each)));
  if (family === undefined) {
    const message = `${pair}, and the two have no address family in common`;
    yield { message, place, help: 'give both a subnet of one family' };
    return;
  }
  const { why, help, related } = missing(vlan, from, family);
  yield { message: `${pair}, and ${why}`, place, ...(related && { related: [related] }), help };
}

const hasFamily = ({ prefixes }: Vlan, family: 4 | 6): boolean =>
  prefixes.some(prefix => prefix.family === family);

interface Missing {
  readonly why: string;
  readonly help: string;
  readonly related?: Related;
}

function missing(vlan: Vlan, from: Vlan, family: 4 | 6): Missing {
  const onBoth = hostsOnBoth(from, vlan, family).map(({ host }) => host);
  const absent = onBoth.find(host => host.state !== 'active' && isRouter(host));
  if (absent !== undefined) {
    return {
      why: `the router between them, \`${absent.key}\`, is ${absent.state}`,
      help: `make \`${absent.key}\` \`state: active\`, or leave \`routed_from\` out until it is there`,
      related: { message: 'its state', place: atValue([...absent.path, 'state']) },
    };
  }
  const name = family === 4 ? 'gateway' : 'gateway6';
  for (const [one, other] of [[from, vlan] as const, [vlan, from] as const]) {
    const gateway = gatewayOfVlan(one, family);
    const host = gateway === undefined ? undefined : ownerOf(one, gateway);
    if (host === undefined) continue;
    const router = host.roles.has('gateway') ? '' : `write the address of the router as \`${name}\`, or `;
    return {
      why: `\`${host.key}\`, the gateway of \`${one.ref}\`, has no address on \`${other.ref}\``,
      help: `${router}give \`${host.key}\` an interface with an address on \`${other.ref}\`, or another host with the role \`gateway\` an address on both`,
      related: { message: 'the gateway', place: atKey(host.path) },
    };
  }
  const without = [from, vlan].filter(one => gatewayOfVlan(one, family) === undefined);
  const names = without.map(({ ref }) => `\`${ref}\``);
  const [near] = onBoth;
  const role = near === undefined ? '' : `; if \`${near.key}\` routes, give it that role`;
  return {
    why: `no router between them is known, and ${names.join(' and ')} ${names.length > 1 ? 'have' : 'has'} no \`${name}\``,
    help: `add \`${name}\`, or a host with the role \`gateway\` and an address on both${role}`,
    ...(near && { related: { message: 'it has an address on both', place: atKey(near.path) } }),
  };
}
