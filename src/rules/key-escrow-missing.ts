import { activeOnes } from '../analyses/in-use.ts';
import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Site, Topology } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const keyEscrowMissing: Rule = {
  id: 'key-escrow-missing',
  needsAll: true,
  severity: 'warning',
  summary: 'An encryption key is kept only where the disaster is.',
  why: 'Without the key no encrypted backup can be restored, by nobody. It lies on the machine that makes the backup, and is lost together with it.',
  fix: 'Keep a copy elsewhere (`proxmox-backup-client key paperkey` prints one) and name the place under `secrets.NAME.escrow`.',
  example: {
    bad: 'secrets: { client-key: { held_by: [pve-1] } }',
    good: 'secrets: { client-key: { held_by: [pve-1], escrow: [bank-safe] } }',
  },
  *check({ topology }) {
    const unknown: Key[] = [];
    for (const keys of groupBy(encryptionKeys(topology), ({ name }) => name).values()) {
      const [key] = keys;
      if (key === undefined) continue;
      const secret = topology.secrets.get(key.name);
      if (secret === undefined) {
        unknown.push(key);
        continue;
      }
      const sites = new Set(keys.flatMap(one => one.sites));
      const kept = [...(secret.spec.escrow ?? []), ...(secret.spec.held_by ?? [])];
      if (kept.some(word => isElsewhere(topology, word, sites))) continue;
      const where =
        kept.length === 0
          ? 'nowhere that is declared'
          : `only by ${kept.map(word => `\`${word}\``).join(', ')}`;
      yield {
        message: `encryption key \`${key.name}\` is kept ${where}: it is lost with the site that needs it`,
        place: atKey(secret.path),
        related: keys.slice(0, 4).map(({ path }) => ({ message: 'encrypts with it', place: atValue(path) })),
        help: 'keep a copy elsewhere and list the place under `escrow`',
      };
    }
    const [first, ...others] = unknown;
    if (first === undefined) return;
    const rest = others.length > 0 ? ` and ${others.length} more` : '';
    yield {
      severity: 'info',
      message: `where a copy of encryption key \`${first.name}\`${rest} is kept is not declared: \`secrets.${first.name}.escrow\` is missing`,
      place: atValue(first.path),
      related: others
        .slice(0, 8)
        .map(({ name, path }) => ({ message: `nor of \`${name}\``, place: atValue(path) })),
      help: 'without the key no backup can be restored: say where its copy is',
    };
  },
};

interface Key {
  readonly name: string;
  /** Where it is used, and so lost. */
  readonly sites: readonly Site[];
  readonly path: TopologyPath;
}

function* encryptionKeys(topology: Topology): Iterable<Key> {
  for (const { spec, path, cluster } of activeOnes(topology.storages)) {
    const sites = cluster.nodes.map(({ site }) => site);
    if (spec.encryption_key !== undefined)
      yield { name: spec.encryption_key, sites, path: [...path, 'encryption_key'] };
  }
  for (const flow of activeOnes(topology.flows)) {
    if (flow.kind !== 'host-backup' || flow.spec.encryption_key === undefined) continue;
    yield { name: flow.spec.encryption_key, sites: [flow.from.site], path: [...flow.path, 'encryption_key'] };
  }
}

/** A word that names none of our hosts is a place of its own: a safe, a person, a password store. */
function isElsewhere({ hosts, sites }: Topology, word: string, lost: ReadonlySet<Site>): boolean {
  const site = hosts.get(word)?.site ?? sites.get(word);
  return site === undefined || !lost.has(site);
}
