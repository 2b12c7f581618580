import { declaredAddress, type Named, type ViaUse, viaUses } from '../analyses/via-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import { parseAddress } from '../net/address.ts';
import { isLocalName, privateKind } from '../net/private.ts';
import type { Rule } from './rule.ts';

export const privateOverInternet: Rule = {
  id: 'private-over-internet',
  severity: 'warning',
  summary:
    'Traffic must use the internet, and its server has an address or a name that the internet does not know.',
  why: 'No router of the internet leads to a private address. It works only where something that is not declared takes the packets there, a VPN of the router say, and then it does not use the internet.',
  fix: 'Write the public name or address of the server, or name the VLAN or the tunnel that leads there.',
  example: {
    bad: 'pbs-dc: { api: { address: 10.20.10.20 } }\nflows: { replica: { kind: sync, via: internet, … } }',
    good: 'pbs-dc: { api: { address: pbs.dc.example.com } }',
  },
  *check({ topology }) {
    const internet = viaUses(topology).filter(({ via }) => via.kind === 'internet');
    for (const [key, uses] of groupBy(internet, use => pathOf(whereOf(use)))) {
      const [first, ...others] = uses;
      const where = first && whereOf(first);
      const why = where && unknownBecause(where.text);
      if (key === undefined || where === undefined || why === undefined) continue;
      const rest = others.length > 0 ? ` and ${others.length} more` : '';
      yield {
        message: `${first?.what}${rest} must use the internet, and \`${where.text}\` is ${why}`,
        place: atValue(where.path),
        related: uses.slice(0, 8).map(({ what, path }) => ({ message: what, place: atValue(path) })),
        help: 'write the public name or address of the server, or name the VLAN or tunnel that leads there as `via`',
      };
    }
  },
};

/** As clients are configured: the declared address, else the name of the server. */
function whereOf(use: ViaUse): Named | undefined {
  const declared = declaredAddress(use);
  const { server } = use;
  const fqdn = server?.spec.fqdn;
  if (declared !== undefined || server === undefined || fqdn === undefined) return declared;
  return { text: fqdn, path: [...server.path, 'fqdn'] };
}

const pathOf = (where: Named | undefined): string | undefined => where?.path.join('\n');

function unknownBecause(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return isLocalName(text) ? 'a name of a local network' : undefined;
  const kind = privateKind(address);
  return kind === undefined ? undefined : `an address that is ${kind}`;
}
