import { pbsClients } from '../analyses/pbs-clients.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import { requirement } from './require.ts';

export const policyPinnedFingerprints = requirement({
  id: 'policy-pinned-fingerprints',
  requirement: 'pinned_fingerprints',
  summary:
    'The policy requires pinned fingerprints, and a PBS has neither one nor a certificate of a public CA.',
  why: 'Its clients accept what their own trust store accepts, and that is nowhere declared.',
  fix: 'Set `api.fingerprint` of the PBS, or `api.public_ca: true`, or grant an exception.',
  example: {
    bad: 'policy: { require: { pinned_fingerprints: true } }\nhosts: { pbs: { site: home, roles: { pbs: "4.2.3" } } }',
    good: 'hosts: { pbs: { site: home, roles: { pbs: "4.2.3" }, api: { fingerprint: pending } } }',
  },
  *find({ topology }) {
    for (const [host, clients] of groupBy(pbsClients(topology), ({ to }) => to)) {
      const { fingerprint, public_ca } = host.spec.api ?? {};
      if (fingerprint !== undefined || public_ca === true) continue;
      yield {
        message: `PBS \`${host.key}\` has no fingerprint that ${listText(clients.map(({ what }) => what))} could know it by`,
        place: atKey(host.path),
        related: clients
          .slice(0, 8)
          .map(({ what, path }) => ({ message: `${what} connects to it`, place: atValue(path) })),
        help: 'set `api.fingerprint`, or `api.public_ca: true` for a certificate of a public CA',
      };
    }
  },
});
