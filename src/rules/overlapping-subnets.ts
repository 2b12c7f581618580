import { overlapsThatMeet } from '../analyses/address-plan.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const overlappingSubnets: Rule = {
  id: 'overlapping-subnets',
  severity: 'error',
  summary: 'Two networks that one site reaches overlap.',
  why: 'A route can lead to one of them only. The hosts of the other are out of reach, or answers leave another way.',
  fix: 'Renumber one of the two. Networks of sites that no tunnel connects may overlap.',
  example: {
    bad: 'home: { vlans: { storage: { subnet: 10.0.0.0/16 } } }\ndc: { vlans: { backup: { subnet: 10.0.30.0/24 } } } # both carried by one tunnel',
  },
  *check({ topology }) {
    for (const { first, second, site } of overlapsThatMeet(topology)) {
      const same = first.prefix.network === second.prefix.network;
      yield {
        message: same
          ? `\`${second.prefix.network}\` is the network of ${second.name} and of ${first.name}, and site \`${site.key}\` reaches both`
          : `\`${second.prefix.network}\` of ${second.name} lies in \`${first.prefix.network}\` of ${first.name}, and site \`${site.key}\` reaches both`,
        place: atValue(second.path),
        related: [{ message: 'the other network', place: atValue(first.path) }],
        help: 'give one of the two another subnet',
      };
    }
  },
};
