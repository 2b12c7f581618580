import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Nic, Topology } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const jumboMismatch: Rule = {
  id: 'jumbo-mismatch',
  severity: 'warning',
  summary: 'Interfaces on one VLAN have different MTUs, or one is larger than what is below it.',
  why: 'On one segment nothing tells the sender that a frame is too large: it is dropped. Small packets pass, so a ping and a login work, and the backup hangs.',
  fix: 'Set one `mtu` at the VLAN and leave it out at the interfaces.',
  example: {
    bad: 'nics: { eno2: { vlan: storage, mtu: 9000 } }   # the VLAN has 1500',
    good: 'vlans: { storage: { mtu: 9000 } }',
  },
  *check({ topology }) {
    for (const site of topology.sites.values()) {
      for (const vlan of site.vlans.values()) {
        const nics = vlan.nics.filter(({ host }) => host.state === 'active');
        const sizes = groupBy(nics, ({ mtu }) => mtu);
        if (sizes.size < 2) continue;
        const [usual, ...odd] = [...sizes.values()].toSorted((a, b) => b.length - a.length);
        const [other] = usual ?? [];
        for (const nic of odd.flat()) {
          yield {
            message: `\`${nic.host.key}/${nic.key}\` has MTU ${nic.mtu} on \`${vlan.ref}\`, where \`${other?.host.key}/${other?.key}\` has ${other?.mtu}`,
            place: placeOf(nic),
            ...(other && { related: [{ message: `MTU ${other.mtu}`, place: placeOf(other) }] }),
            help: `give all interfaces on \`${vlan.ref}\` one MTU`,
          };
        }
      }
    }
    yield* aboveParent(topology);
  },
};

const placeOf = ({ path, spec }: Nic) => (spec.mtu === undefined ? atKey(path) : atValue([...path, 'mtu']));

/** Linux refuses a VLAN interface with a larger MTU than its device (ip-link(8)). */
function* aboveParent({ hosts }: Topology): Iterable<Finding> {
  for (const { nics } of hosts.values()) {
    for (const nic of nics.values()) {
      const parent = nic.spec.parent === undefined ? undefined : nics.get(nic.spec.parent);
      if (nic.spec.kind !== 'vlan' || parent?.spec.mtu === undefined || nic.mtu <= parent.spec.mtu) continue;
      yield {
        message: `\`${nic.host.key}/${nic.key}\` has MTU ${nic.mtu}, more than the ${parent.spec.mtu} of \`${parent.key}\` below it`,
        place: placeOf(nic),
        related: [{ message: 'the interface below', place: placeOf(parent) }],
        help: `give \`${parent.key}\` at least MTU ${nic.mtu}`,
      };
    }
  }
}
