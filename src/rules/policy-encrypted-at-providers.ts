import { type Copy, copiesOf } from '../analyses/copies.ts';
import { holderOf, placeText } from '../analyses/copy-place.ts';
import { isAtProvider, s3Uses } from '../analyses/s3-uses.ts';
import { listText } from '../analyses/schedule-text.ts';
import { isAtThirdParty } from '../analyses/third-party.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import { requirement } from './require.ts';

export const policyEncryptedAtProviders = requirement({
  id: 'policy-encrypted-at-providers',
  requirement: 'encrypted_at_providers',
  summary: 'The policy requires encryption at third parties, and something lies there that is not encrypted.',
  why: 'A provider, and whoever breaks into it, can read it.',
  fix: 'Set `encryption_key` where the backup begins; bring archives there by PBS, as vzdump encrypts nothing; say `encrypted: true` at a bucket for files that something else encrypts before rclone copies them; or grant an exception.',
  example: {
    bad: 'policy: { require: { encrypted_at_providers: true } }\nbuckets: { files: { provider: wasabi, … } } # and a flow copies a share to it',
    good: 'buckets: { files: { provider: wasabi, encrypted: true, … } }',
  },
  *find({ topology }) {
    const away = copiesOf(topology).filter(({ place }) => isAtThirdParty(place));
    const plain = groupBy(
      away.filter(({ encrypted }) => !encrypted),
      ({ place }) => holderOf(place),
    );
    for (const [holder, copies] of plain) {
      const [first] = copies;
      if (first === undefined) continue;
      yield {
        message: `${placeText(first.place)} is at a third party, and nothing encrypts ${listText([...new Set(copies.map(sourceText))])}`,
        place: atKey(holder.path),
        related: copies
          .slice(0, 8)
          .map(({ flow }) => ({ message: `\`${flow.key}\` brings it there`, place: atKey(flow.path) })),
        help:
          first.place.kind === 'bucket'
            ? 'vzdump encrypts nothing, and rclone copies archives as they are: bring a copy there by PBS, with `encryption_key` at its storage'
            : 'set `encryption_key` where the backup begins',
      };
    }
    // What is in shares besides archives is not known: it must be declared.
    const known = new Set(plain.keys());
    const files = s3Uses(topology).filter(({ kind, bucket }) => kind === 'files' && isAtProvider(bucket));
    for (const [bucket, uses] of groupBy(files, one => one.bucket)) {
      if (known.has(bucket) || bucket.spec.encrypted === true) continue;
      yield {
        message: `bucket \`${bucket.key}\` is at a provider, and what ${listText(uses.map(({ what }) => what))} copies there is not declared as encrypted`,
        place: atKey(bucket.path),
        related: uses
          .slice(0, 8)
          .map(({ what, path }) => ({ message: what, place: atKey(path.slice(0, 2)) })),
        help: 'encrypt before it is copied, and set `encrypted: true` at the bucket',
      };
    }
  },
});

const sourceText = ({ source }: Copy): string =>
  source.kind === 'guests' ? `guests \`${source.guests.key}\`` : `host backup \`${source.flow.key}\``;
