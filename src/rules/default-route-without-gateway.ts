import { defaultRouteFamilies, gatewayOf } from '../analyses/default-routes.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const defaultRouteWithoutGateway: Rule = {
  id: 'default-route-without-gateway',
  severity: 'error',
  summary: 'An interface has the default route, and no next hop is known for it.',
  why: 'Without a next hop there is no default route: what is to leave the site does not.',
  fix: 'Give the VLAN its `gateway`, or the interface one of its own.',
  example: {
    bad: 'ens18: { vlan: mgmt, address: 10.10.10.20, default_route: true } # mgmt has no gateway',
    good: 'mgmt: { subnet: 10.10.10.0/24, gateway: 10.10.10.1 }',
  },
  *check({ topology }) {
    for (const host of topology.hosts.values()) {
      for (const nic of host.nics.values()) {
        const families = defaultRouteFamilies(nic);
        if (nic.spec.dhcp === true || families.length === 0) continue;
        if (families.some(family => gatewayOf(nic, family) !== undefined)) continue;
        const { vlan } = nic;
        yield {
          message: `\`${nic.key}\` of \`${host.key}\` has the default route, and no gateway is known`,
          place: atKey([...nic.path, 'default_route']),
          ...(vlan && { related: [{ message: 'its VLAN', place: atKey(vlan.path) }] }),
          help:
            vlan === undefined
              ? 'add `gateway` to the interface'
              : `add \`gateway\` to VLAN \`${vlan.ref}\` (another host than this one), or to the interface`,
        };
      }
    }
  },
};
