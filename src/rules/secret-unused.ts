import { atKey } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const secretUnused: Rule = {
  id: 'secret-unused',
  needsAll: true,
  severity: 'warning',
  summary: 'Facts are given about a secret that nothing uses.',
  why: 'Most often the name is misspelt: where the real secret is kept, and where its copy is, is then said of nothing.',
  fix: 'Write the name as it is used, or remove the entry.',
  example: {
    bad: 'accounts: { sync: { secret: pbs-sync, … } }\nsecrets: { pbs-snyc: { held_by: [password-store] } }',
    good: 'secrets: { pbs-sync: { held_by: [password-store] } }',
  },
  *check({ topology }) {
    if (topology.secrets.size === 0) return;
    const used = new Set(secretsUsed(topology));
    for (const { key, path } of topology.secrets.values()) {
      if (used.has(key)) continue;
      yield {
        message: `nothing uses a secret \`${key}\``,
        place: atKey(path),
        help: 'correct its name, or remove the entry',
      };
    }
  },
};

/** Retired objects count: their secrets are still kept somewhere. */
function* secretsUsed(topology: Topology): Iterable<string | undefined> {
  const { accounts, tunnels, datastores, storages, flows, notifications } = topology;
  for (const { secret } of accounts.values()) yield secret;
  for (const { spec, ends } of tunnels.values()) {
    yield spec.preshared_key;
    for (const { privateKey } of ends) yield privateKey;
  }
  for (const { spec } of datastores.values()) yield spec.iscsi?.chap;
  for (const { spec } of storages.values()) yield spec.encryption_key;
  for (const flow of flows.values()) if (flow.kind === 'host-backup') yield flow.spec.encryption_key;
  for (const { key, spec } of notifications.values()) yield spec.secret ?? key;
}
