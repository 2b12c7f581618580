import { activeOnes } from '../analyses/in-use.ts';
import { listText } from '../analyses/schedule-text.ts';
import { guestSizes, type SpaceKept, spaceKept } from '../analyses/space-kept.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { memo } from '../once.ts';
import { UNIT_BYTES } from '../proxmox/byte-size.ts';
import { parseSize } from '../proxmox/quantity.ts';
import type { Rule } from './rule.ts';

/** Guests compress to a half, seldom further: what does not fit then will not fit. */
const COMPRESSED = 0.5;

export const retentionBeyondCapacity: Rule = {
  id: 'retention-beyond-capacity',
  severity: 'warning',
  summary: 'What a datastore is to keep does not fit into it.',
  why: 'It fills up before the first old backup is pruned. Then backups fail, and garbage collection has no room to work in.',
  fix: 'Keep less, make the datastore larger, or correct `capacity`, `size` and `daily_change`: the estimate is as good as those.',
  example: {
    bad: 'guests: { all: { size: 2 TB, daily_change: 60 GB, … } }\nmain: { capacity: 2 TB, retention: { keep_daily: 70, … }, … }',
    good: 'main: { capacity: 2 TB, retention: { keep_daily: 7, … }, … }',
  },
  *check(facts) {
    const sizes = memo(guestSizes);
    for (const datastore of activeOnes(facts.topology.datastores)) {
      const { key, path, spec } = datastore;
      const capacity = parseSize(spec.capacity ?? '');
      if (!capacity.ok) continue;
      const isBeyond = (spaces: readonly SpaceKept[]) => totalOf(spaces) * COMPRESSED > capacity.value;
      // Schedules are looked at only where they can matter.
      if (!isBeyond(spaceKept(facts, datastore, false, sizes))) continue;
      const spaces = spaceKept(facts, datastore, true, sizes).toSorted((a, b) => b.bytes - a.bytes);
      if (!isBeyond(spaces)) continue;
      const parts = spaces.map(
        ({ guests, backups, bytes }) =>
          `${sizeText(bytes)} for ${backups} ${backups === 1 ? 'backup' : 'backups'} of \`${guests.key}\``,
      );
      yield {
        message: `\`${key}\` has ${spec.capacity}, and is to keep about ${sizeText(totalOf(spaces) * COMPRESSED)}, if all compresses to a half: ${listText(parts)}`,
        place: atValue([...path, 'capacity']),
        related: spaces.slice(0, 3).map(({ guests }) => ({
          message: 'the size, and what changes in a day',
          place: atKey(guests.path),
        })),
        help: 'keep less, make it larger, or correct `capacity`, `size` and `daily_change`',
      };
    }
  },
};

const totalOf = (spaces: readonly SpaceKept[]): number => spaces.reduce((sum, { bytes }) => sum + bytes, 0);

/** `1.4 TB`, two digits: it is an estimate. */
function sizeText(bytes: number): string {
  const unit = (['PB', 'TB', 'GB', 'MB'] as const).find(one => bytes >= UNIT_BYTES[one]) ?? 'KB';
  return `${Number((bytes / UNIT_BYTES[unit]).toPrecision(2))} ${unit}`;
}
