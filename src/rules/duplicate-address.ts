import {
  meetings,
  ownerText,
  type PlannedAddress,
  plannedAddresses,
  reachedFrom,
} from '../analyses/address-plan.ts';
import { isLinkLocalText } from '../analyses/link-local.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const duplicateAddress: Rule = {
  id: 'duplicate-address',
  severity: 'error',
  summary: 'An address is given to two interfaces that can reach one another.',
  why: 'Two hosts answer for one address: connections reach now one, now the other, or break off.',
  fix: 'Give each interface an address of its own.',
  example: {
    bad: 'pbs: { nics: { ens18: { vlan: lan, address: 10.10.10.20 } } }\nnas: { nics: { eth0: { vlan: lan, address: 10.10.10.20 } } }',
  },
  *check({ topology }) {
    const again = repeatedIn(plannedAddresses(topology));
    if (again.size === 0) return;
    const reach = reachedFrom(topology);
    const inQuestion = (planned: PlannedAddress): string | undefined => {
      const key = scoped(planned);
      return key !== undefined && again.has(key) ? key : undefined;
    };
    for (const group of groupBy(plannedAddresses(topology), inQuestion).values()) {
      for (const { first, second } of meetings(group, ({ network }) => reach(network), againstFirst)) {
        yield {
          message: `\`${second.address}\` is the address of ${ownerText(second)} and of ${ownerText(first)}`,
          place: atValue(second.path),
          related: [{ message: 'the other one', place: atValue(first.path) }],
          help: 'give one of the two another address',
        };
      }
    }
  },
};

/** Those of thousands that come more than once. */
function repeatedIn(addresses: Iterable<PlannedAddress>): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const planned of addresses) {
    const key = scoped(planned);
    if (key === undefined) continue;
    if (seen.has(key)) again.add(key);
    else seen.add(key);
  }
  return again;
}

/** An address, with its link where it is valid on one only; of an interface without VLAN the link is not known. */
function scoped({ address, network }: PlannedAddress): string | undefined {
  if (!isLinkLocalText(address)) return address;
  return 'hosts' in network ? undefined : `${address} ${network.path.join(' ')}`;
}

const againstFirst = (members: readonly PlannedAddress[]): (readonly [PlannedAddress, PlannedAddress])[] => {
  const [first, ...rest] = members;
  return first === undefined ? [] : rest.map(other => [first, other] as const);
};
