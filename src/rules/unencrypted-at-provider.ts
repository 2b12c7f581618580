import { type Copy, copiesOf } from '../analyses/copies.ts';
import { holderOf, placeText } from '../analyses/copy-place.ts';
import { isAtProvider, s3Uses } from '../analyses/s3-uses.ts';
import { isAtThirdParty } from '../analyses/third-party.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { Bucket, Datastore } from '../model/topology.ts';
import { groupBy, push } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const unencryptedAtProvider: Rule = {
  id: 'unencrypted-at-provider',
  severity: 'warning',
  summary: 'Backups lie at a third party in a form that it can read.',
  why: 'A provider, whoever breaks into it and whoever finds the key can read every disk of every guest. PBS encrypts on the client or not at all; the transport alone protects nothing that lies there.',
  fix: 'Set `encryption_key` at the storage (and keep the key in escrow), and bring a copy there by PBS: vzdump encrypts nothing, and rclone copies files as they are. `encrypted: true` at the bucket is for files that are encrypted before, by something that offsite does not render.',
  example: {
    bad: 'storages: { pbs: { datastore: main, account: pve, … } }  # and main goes to a bucket',
    good: 'storages: { pbs: { datastore: main, account: pve, encryption_key: client-key, … } }',
  },
  *check({ topology }) {
    const known = new Set<Bucket | Datastore>();
    const plain = new Map<Bucket | Datastore, Copy[]>();
    for (const copy of copiesOf(topology)) {
      const holder = thirdParty(copy);
      if (holder === undefined) continue;
      known.add(holder);
      if (copy.encrypted) continue;
      push(plain, holder, copy);
    }
    // Holders of the same plain backups are one finding: one key at their beginning mends all.
    for (const same of groupBy(plain.values(), originsOf).values()) yield readable(same);
    const unsaid = s3Uses(topology)
      .filter(({ kind, bucket }) => kind === 'files' && isAtProvider(bucket) && !known.has(bucket))
      .map(({ bucket }) => bucket)
      .filter(({ spec }) => spec.encrypted === undefined);
    yield* undeclared([...new Set(unsaid)]);
  },
};

/** The bucket of a provider, or the datastore of a PBS that others run. */
function thirdParty({ place }: Copy): Bucket | Datastore | undefined {
  if (!isAtThirdParty(place)) return undefined;
  if (place.kind === 'bucket') return place.bucket;
  return place.kind === 'datastore' ? place.datastore : undefined;
}

const originsOf = (copies: readonly Copy[]): string =>
  distinct(copies.map(beginning))
    .map(({ place }) => JSON.stringify(place))
    .toSorted()
    .join();

function readable(holders: readonly (readonly Copy[])[]): Finding {
  const places = holders.flatMap(([first]) => (first === undefined ? [] : [first.place]));
  const [place, ...others] = places;
  if (place === undefined) throw new Error('a holder without copies');
  const copies = holders.flat();
  const names = [...new Set(copies.map(sourceText))];
  const [more, rest] = [others.length, names.length - 3];
  return {
    message: `${placeText(place)}${more > 0 ? ` and ${more} more` : ''} ${more > 0 ? 'are' : 'is'} at a third party that can read it: nothing encrypts ${names.slice(0, 3).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    place: atKey(holderOf(place).path),
    related: [
      ...others
        .slice(0, 8)
        .map(other => ({ message: `so is ${placeText(other)}`, place: atKey(holderOf(other).path) })),
      ...distinct(copies.map(beginning)).slice(0, 6),
      ...places.flatMap(claimOf).slice(0, 8),
    ],
    help:
      place.kind === 'bucket'
        ? 'vzdump encrypts nothing, and rclone copies archives as they are: bring a copy there by PBS, with `encryption_key` at its storage'
        : 'set `encryption_key` where the backup begins: at the storage, or at the host backup',
  };
}

/** It is said to be encrypted, and what is rendered for it does not encrypt. */
function claimOf(place: Copy['place']): Related[] {
  const { path, spec } = holderOf(place);
  if (!('encrypted' in spec) || spec.encrypted !== true) return [];
  return [{ message: 'declared, but nothing rendered does it', place: atValue([...path, 'encrypted']) }];
}

const sourceText = ({ source }: Copy): string =>
  source.kind === 'guests' ? `guests \`${source.guests.key}\`` : `host backup \`${source.flow.key}\``;

/** Where the key would be set. */
function beginning(copy: Copy): Related {
  let at = copy;
  while (at.from !== undefined) at = at.from;
  const { flow } = at;
  if (flow.kind === 'backup') return { message: 'no `encryption_key` here', place: atKey(flow.to.path) };
  return { message: `begins here: \`${flow.key}\``, place: atKey(flow.path) };
}

const distinct = (related: readonly Related[]): Related[] => [
  ...new Map(related.map(one => [JSON.stringify(one.place), one] as const)).values(),
];

/** What is in shares beside archives is not known. */
function* undeclared(buckets: readonly Bucket[]): Iterable<Finding> {
  const [first, ...others] = buckets;
  if (first === undefined) return;
  const rest = others.length > 0 ? ` and ${others.length} more` : '';
  yield {
    severity: 'info',
    message: `whether bucket \`${first.key}\`${rest} may be read by the provider is not declared: \`encrypted\` is missing`,
    place: atKey(first.path),
    related: others
      .slice(0, 8)
      .map(({ key, path }) => ({ message: `nor of \`${key}\``, place: atKey(path) })),
    help: '`encrypted: true` if files are encrypted before they are copied, else `false`',
  };
}
