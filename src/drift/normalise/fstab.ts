/** fstab: the entries of our block; the others are foreign, wherever they stand. */
import { type FstabEntry, readFstab } from '../../formats/fstab/read.ts';
import type { Normaliser, Section } from '../statement.ts';
import { property, sortedList, understood } from './build.ts';

export const fstab: Normaliser = text => {
  const { entries, errors } = readFstab(text);
  const ours = entries.filter(({ marked }) => marked);
  return understood(
    ours.map(sectionOf),
    ours.flatMap(entry =>
      FIELDS.map(field =>
        property(nameOf(entry), field, {
          value: entry[field],
          meaning: meaningOf(field, entry[field]),
          line: entry.line,
          // The one field that may hold a password in the middle, and which would hide nothing else.
          secret: field === 'options' && /pass|secret|token/i.test(entry.options),
        }),
      ),
    ),
    errors,
    entries.filter(({ marked }) => !marked).map(sectionOf),
  );
};

const FIELDS = ['source', 'type', 'options', 'dump', 'pass'] as const;

function meaningOf(field: (typeof FIELDS)[number], value: string): string {
  switch (field) {
    case 'options':
      return sortedList(value.split(','));
    case 'source':
      // libmount takes UUID="…" as well.
      return value.replace(/^([A-Z]+)="(.*)"$/, '$1=$2');
    case 'dump':
    case 'pass':
      return String(Number(value));
    default:
      return value;
  }
}

const sectionOf = (entry: FstabEntry): Section => {
  const name = nameOf(entry);
  return { id: name, name, line: entry.line };
};

/** `none` and `swap` are no places: there the source is what makes an entry. */
const nameOf = ({ mountpoint, source }: FstabEntry): string =>
  mountpoint.startsWith('/') ? mountpoint.replace(/(.)\/+$/, '$1') : `${mountpoint} ${source}`;
