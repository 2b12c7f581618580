import { pbsClients } from '../analyses/pbs-clients.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const fingerprintMissing: Rule = {
  id: 'fingerprint-missing',
  severity: 'warning',
  summary: 'Clients of a PBS have no fingerprint to know it by.',
  why: 'The certificate of a new PBS is signed by itself. Without its fingerprint PVE and other PBS refuse the connection, unless somebody has put the certificate into their trust store by hand.',
  fix: 'Set `api.fingerprint` of the PBS (`proxmox-backup-manager cert info` prints it), `pending` before it is installed, or `public_ca: true`.',
  example: {
    bad: 'pbs: { site: home, roles: { pbs: "4.2.3" } }',
    good: 'pbs: { site: home, roles: { pbs: "4.2.3" }, api: { fingerprint: pending } }',
  },
  *check({ topology }) {
    for (const [host, uses] of groupBy(pbsClients(topology), ({ to }) => to)) {
      const { fingerprint, public_ca } = host.spec.api ?? {};
      if (fingerprint !== undefined || public_ca === true) continue;
      const [first, ...others] = uses;
      const rest = others.length > 0 ? ` and ${others.length} more` : '';
      yield {
        message: `PBS \`${host.key}\` has no fingerprint: ${first?.what}${rest} cannot tell it from another server`,
        place: atKey(host.spec.api === undefined ? host.path : [...host.path, 'api']),
        related: uses
          .slice(0, 8)
          .map(({ what, path }) => ({ message: `${what} connects to it`, place: atValue(path) })),
        help: 'set `api.fingerprint`, or `api.public_ca: true` for a certificate of a public CA',
      };
    }
  },
};
