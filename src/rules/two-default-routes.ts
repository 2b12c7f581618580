import { defaultRouteFamilies } from '../analyses/default-routes.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const twoDefaultRoutes: Rule = {
  id: 'two-default-routes',
  severity: 'error',
  summary: 'A host has two default routes in one address family.',
  why: 'Which of the two is used depends on the order in which interfaces come up: after a restart, traffic leaves another way.',
  fix: 'Keep `default_route` at one interface. Networks behind tunnels need none: their routes are derived.',
  example: {
    bad: 'ens18: { vlan: mgmt, address: 10.10.10.20, default_route: true }\nens19: { vlan: storage, address: 10.10.30.20, default_route: true }',
  },
  *check({ topology }) {
    for (const host of topology.hosts.values()) {
      const nics = [...host.nics.values()].filter(({ spec }) => spec.default_route === true);
      if (nics.length < 2) continue;
      for (const family of [4, 6] as const) {
        const [first, ...more] = nics.filter(nic => defaultRouteFamilies(nic).includes(family));
        for (const nic of more) {
          yield {
            message: `\`${host.key}\` has two IPv${family} default routes: by \`${first?.key}\` and by \`${nic.key}\``,
            place: atKey([...nic.path, 'default_route']),
            related: [{ message: 'the other one', place: atKey([...(first?.path ?? []), 'default_route']) }],
            help: 'keep one of the two',
          };
        }
      }
    }
  },
};
