/**
 * PBS section files. An edit in the web interface sorts keys, respells booleans and numbers everywhere, and units and
 * filters in the edited section; defaults may be dropped. The hidden second copy of a duplicate id wins.
 */
import { readPbsSections } from '../../formats/pbs-sections/read.ts';
import { canonicalPbsValue } from '../../formats/pbs-sections/write.ts';
import { parseByteSize } from '../../proxmox/byte-size.ts';
import { pbsProperty, pbsSection } from '../../proxmox/pbs-files.ts';
import type { PbsProperty, PbsValue } from '../../proxmox/pbs-schema.ts';
import { parsePropertyString, printPropertyString } from '../../proxmox/property-string.ts';
import { baseName, type Normaliser, type Statement } from '../statement.ts';
import { lastOfEach, property, sortedList, understood } from './build.ts';
import { calendarMeaning } from './calendar.ts';

/** Name of a file's table; PVE keeps the secrets of its notifications under the same name in another directory. */
export const pbsFileOf = (path: string): string =>
  path.endsWith('/priv/notifications.cfg') ? 'notifications-priv.cfg' : baseName(path);

export const pbsSections: Normaliser = (text, { path }) => {
  const file = pbsFileOf(path);
  const { sections, errors, hazards } = readPbsSections(text, { file });
  // PBS knows no other types: what looks like the header of one may be any line with a colon, a secret among them.
  const known = sections.filter(({ type }) => pbsSection(file, type) !== undefined);
  const kept = lastOfEach(known, ({ id }) => id);
  return understood(
    kept.map(({ type, id, line }) => ({ id, name: `${type}: ${id}`, line })),
    kept.flatMap(({ type, id, properties }) => {
      const table = pbsSection(file, type);
      const said = properties.filter(({ key }) => key !== table?.idProperty);
      return said.map(({ key, value, line }) =>
        statement(
          `${type}: ${id}`,
          key,
          value,
          line,
          table === undefined ? undefined : pbsProperty(table, key),
        ),
      );
    }),
    [
      ...errors.map(({ line, message, stage }) => ({ line, message: `${CONSEQUENCE[stage]}: ${message}` })),
      ...hazards,
    ],
  );
};

const CONSEQUENCE = {
  schema: 'PBS cannot read the whole file',
  typed: 'PBS reads the file, but cannot list its sections',
} as const;

function statement(
  section: string,
  key: string,
  value: string,
  line: number,
  schema: PbsProperty | undefined,
): Statement {
  if (schema === undefined) return property(section, key, { value, line });
  const meaning = pbsMeaning(schema, value);
  // A default that is written out says nothing. Those of notification-mode depend on the release.
  const silent = schema.default !== undefined && key !== 'notification-mode';
  const isDefault = silent && meaning === pbsMeaning(schema, String(schema.default));
  return property(section, key, { value, meaning, line, secret: schema.secret === true, silent: isDefault });
}

/** One spelling for each meaning of a value; what does not parse stays as it is. */
export function pbsMeaning(schema: PbsValue, value: string): string {
  const item = schema.items ?? schema;
  if (item.propertyString !== undefined) return keysMeaning(item, value);
  if (item.listOf !== undefined) {
    return sortedList(value.split(/[,;\s]+/).filter(part => part !== ''));
  }
  if (item.format === 'calendar-event') return calendarMeaning(value);
  if (item.format === 'human-byte') return `${parseByteSize(value)?.bytes ?? value}`;
  if (item.pattern?.toLowerCase().includes('fingerprint') === true) return value.toLowerCase();
  return canonicalPbsValue(item, value);
}

function keysMeaning({ propertyString }: PbsValue, value: string): string {
  const parsed = parsePropertyString(value);
  if (!parsed.ok || propertyString === undefined) return value;
  const { defaultKey = '', properties } = propertyString;
  const entries = parsed.entries.map(({ key = defaultKey, value: given }) => {
    const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return { key, value: schema === undefined ? given : pbsMeaning(schema, given) };
  });
  return printPropertyString(entries.sort((a, b) => (a.key < b.key ? -1 : 1)));
}
