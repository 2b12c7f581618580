/** A name that means something else than what is asked for: `backups` is a datastore, where a storage is wanted. */
import type { OffsiteTopology } from '../model/spec.ts';

const WORDS: readonly (readonly [section: keyof OffsiteTopology, word: string])[] = [
  ['sites', 'a site'],
  ['hosts', 'a host'],
  ['clusters', 'a cluster'],
  ['tunnels', 'a tunnel'],
  ['guests', 'a set of guests'],
  ['datastores', 'a datastore'],
  ['storages', 'a storage'],
  ['shares', 'a share'],
  ['buckets', 'a bucket'],
  ['accounts', 'an account'],
  ['flows', 'a flow'],
];

/** VLANs of the same name that a message lists. */
const LISTED = 3;

/** @param wanted the sections that the name should stand in. Of a tunnel, it might be a VLAN without its site. */
export function elsewhere(
  spec: OffsiteTopology,
  wanted: readonly string[],
  name: string,
): string | undefined {
  const sites = wanted.includes('tunnels') ? Object.entries(spec.sites) : [];
  const vlans = sites.flatMap(([site, { vlans }]) => (has(vlans, name) ? `\`${site}/${name}\`` : []));
  if (vlans.length > 0) return `\`${name}\` is a VLAN: write ${vlans.slice(0, LISTED).join(' or ')}`;
  const words = WORDS.flatMap(([section, word]) =>
    !wanted.includes(section) && has(spec[section], name) ? word : [],
  );
  return words.length === 0 ? undefined : `\`${name}\` is ${words.join(' and ')}`;
}

const has = (map: unknown, name: string): boolean =>
  typeof map === 'object' && map !== null && Object.hasOwn(map, name);
