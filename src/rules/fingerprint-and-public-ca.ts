import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const fingerprintAndPublicCa: Rule = {
  id: 'fingerprint-and-public-ca',
  severity: 'warning',
  summary: 'The certificate of a host is pinned, and is said to come from a public CA.',
  why: 'A public CA gives a new certificate every few weeks, with another fingerprint. Remotes and clients that have pinned the old one refuse the connection from then on, and syncs stop.',
  fix: 'Leave `fingerprint` out where the certificate comes from a public CA; leave `public_ca` out where it is signed by itself.',
  example: {
    bad: 'api: { public_ca: true, fingerprint: 09:54:… }',
    good: 'api: { public_ca: true }',
  },
  *check({ topology }) {
    for (const { key, path, spec, state } of topology.hosts.values()) {
      const { fingerprint, public_ca } = spec.api ?? {};
      if (state !== 'active' || fingerprint === undefined || public_ca !== true) continue;
      yield {
        message: `\`${key}\` has a fingerprint and \`public_ca: true\`: remotes pin a certificate that is renewed, and storages do not`,
        place: atKey([...path, 'api', 'fingerprint']),
        related: [{ message: 'the public CA', place: atValue([...path, 'api', 'public_ca']) }],
        help: 'leave out `fingerprint`, or `public_ca` for a certificate that is signed by itself',
      };
    }
  },
};
