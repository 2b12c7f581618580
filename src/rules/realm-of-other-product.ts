import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const realmOfOtherProduct: Rule = {
  id: 'realm-of-other-product',
  severity: 'warning',
  summary: 'A user of a PBS is in the realm `pve`, or one of a PVE in the realm `pbs`.',
  why: 'Each product keeps users of its own in a realm with its own name, and knows nothing of those of the other. Unless somebody has set up a realm of that name there, nobody can log in.',
  fix: 'Write the realm of the system that the account is on: `@pbs` on a PBS, `@pve` on a PVE.',
  example: {
    bad: 'sync: { kind: pbs, on: pbs-home, id: "sync@pve!dc", secret: dc-sync }',
    good: 'sync: { kind: pbs, on: pbs-home, id: "sync@pbs!dc", secret: dc-sync }',
  },
  *check({ topology }) {
    for (const { id, product, path } of usersOf(topology)) {
      const other = product === 'pbs' ? 'pve' : 'pbs';
      const [, user, token] = USER_AND_TOKEN.exec(id) ?? [];
      if (!user?.endsWith(`@${other}`)) continue;
      const own = `${user.slice(0, -other.length)}${product}${token}`;
      yield {
        message: `\`${id}\` is a user of ${NAMES[product]}, and the realm \`${other}\` is one of ${NAMES[other]}`,
        place: atValue(path),
        help: `write "${own}"`,
      };
    }
  },
};

const NAMES = { pbs: 'PBS', pve: 'PVE' } as const;
const USER_AND_TOKEN = /^([^!]*)(.*)$/;

interface User {
  readonly id: string;
  readonly product: 'pbs' | 'pve';
  readonly path: TopologyPath;
}

function* usersOf({ accounts, trafficLimits }: Topology): Iterable<User> {
  for (const { kind, spec, state, path } of accounts.values()) {
    if (state === 'retired' || (kind !== 'pbs' && kind !== 'pve')) continue;
    yield { id: spec.id, product: kind, path: [...path, 'id'] };
  }
  for (const { spec, state, path } of trafficLimits.values()) {
    if (state === 'retired') continue;
    for (const [index, id] of (spec.users ?? []).entries())
      yield { id, product: 'pbs', path: [...path, 'users', index] };
  }
}
