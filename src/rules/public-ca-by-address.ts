import { apiOn } from '../analyses/flow-ends.ts';
import { pbsClients } from '../analyses/pbs-clients.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import { parseAddress } from '../net/address.ts';
import { privateKind } from '../net/private.ts';
import type { Rule } from './rule.ts';

export const publicCaByAddress: Rule = {
  id: 'public-ca-by-address',
  severity: 'warning',
  summary: 'Clients reach a PBS by an internal address, and its certificate of a public CA is for a name.',
  why: 'Without a fingerprint a client takes a certificate only when it names what the client connects to, and a public CA names no internal address: the client refuses the connection.',
  fix: 'Set `api.address` to the name in the certificate, and let it resolve to the address on the network of the traffic. Or pin the certificate: `api.fingerprint` instead of `public_ca`.',
  example: {
    bad: 'pbs: { nics: { eno1: { vlan: storage, address: 10.10.30.20 } }, api: { public_ca: true } }',
    good: 'pbs: { nics: { eno1: { vlan: storage, address: 10.10.30.20 } }, api: { public_ca: true, address: pbs.example.com } }',
  },
  *check({ topology }) {
    const uses = groupBy(pbsClients(topology), ({ to }) =>
      to.spec.api?.public_ca === true ? to : undefined,
    );
    for (const [host, clients] of uses) {
      if (host.spec.api?.fingerprint !== undefined) continue;
      const refused = clients.flatMap(client => {
        const address = apiOn(host, client.via)?.address;
        const parsed = address === undefined ? undefined : parseAddress(address);
        return parsed !== undefined && privateKind(parsed) !== undefined ? [{ ...client, address }] : [];
      });
      const [first, ...others] = refused;
      if (first === undefined) continue;
      const rest = others.length > 0 ? ` and ${others.length} more` : '';
      yield {
        message: `${first.what}${rest} ${others.length > 0 ? 'reach' : 'reaches'} \`${host.key}\` by ${first.address}, which no certificate of a public CA names`,
        place: atValue([...host.path, 'api', 'public_ca']),
        related: refused
          .slice(0, 8)
          .map(({ what, path }) => ({ message: `${what} connects to it`, place: atValue(path) })),
        help: 'set `api.address` to the name in the certificate, or `api.fingerprint` instead of `public_ca`',
      };
    }
  },
};
