import { atValue } from '../diagnostics/diagnostic.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';

export const vlanIdClash: Rule = {
  id: 'vlan-id-clash',
  severity: 'error',
  summary: 'Two VLANs of a site have one id.',
  why: 'Frames with that tag are one network to every switch: the two VLANs would be one.',
  fix: 'Correct the id of one of them. Segments without a tag need no id.',
  example: { bad: 'mgmt: { id: 10, subnet: 10.10.10.0/24 }\nstorage: { id: 10, subnet: 10.10.30.0/24 }' },
  *check({ topology }) {
    for (const site of topology.sites.values()) {
      for (const [first, again] of repeated(site.vlans.values(), ({ spec }) => spec.id?.toString())) {
        yield {
          message: `VLAN id ${again.spec.id} is that of \`${again.ref}\` and of \`${first.ref}\``,
          place: atValue([...again.path, 'id']),
          related: [{ message: 'the other VLAN', place: atValue([...first.path, 'id']) }],
          help: `give one of the two another id; in use at \`${site.key}\`: ${idsOf(site.vlans.values())}`,
        };
      }
    }
  },
};

const idsOf = (vlans: Iterable<{ readonly spec: { readonly id?: number } }>): string => {
  const ids = new Set([...vlans].flatMap(({ spec }) => (spec.id === undefined ? [] : [spec.id])));
  return [...ids]
    .sort((a, b) => a - b)
    .slice(0, 20)
    .join(', ');
};
