import { reachOver } from '../analyses/via-reach.ts';
import { viaUses } from '../analyses/via-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const noCommonFamily: Rule = {
  id: 'no-common-family',
  severity: 'error',
  summary: 'The two ends of a flow share no address family on the network that it must use.',
  why: 'One end has IPv4 only and the other IPv6 only: no connection between them is possible there.',
  fix: 'Give both an address of one family on that network.',
  example: {
    bad: 'pve-1: { vmbr1: { vlan: storage, address: 10.10.30.11 } }\npbs: { ens19: { vlan: storage, address6: "fd00:30::20" } }',
  },
  *check({ topology }) {
    for (const { what, via, path, clients, server, service } of viaUses(topology)) {
      if (server === undefined || (via.kind !== 'vlan' && via.kind !== 'tunnel')) continue;
      const known = service !== undefined && server.spec[service]?.address !== undefined;
      for (const client of clients) {
        const reach = reachOver(via, client, server, known);
        if (reach.kind !== 'no-family') continue;
        const names = (families: readonly number[]) => families.map(family => `IPv${family}`).join(' and ');
        yield {
          message: `${what} must use \`${via.text}\`, where \`${client.key}\` has ${names(reach.client)} only and \`${server.key}\` ${names(reach.server)} only`,
          place: atValue(path),
          related: [client, server].map(host => ({ message: `\`${host.key}\``, place: atKey(host.path) })),
          help: 'give both ends an address of the same family on that network',
        };
      }
    }
  },
};
