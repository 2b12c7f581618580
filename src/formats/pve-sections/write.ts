/**
 * The canonical form of PVE's `storage.cfg` and `jobs.cfg`: what PVE itself writes, byte for byte. For tests, drift
 * and comparison; rendered files come from templates. Source: pve-common `src/PVE/SectionConfig.pm`, `write_config`.
 */
import { byBytes } from '../../proxmox/byte-order.ts';
import { encodePveText } from '../../proxmox/percent-text.ts';
import { parseBoolean } from '../../proxmox/plain-text.ts';
import { parsePropertyString, printPropertyString } from '../../proxmox/property-string.ts';
import { type PveProperty, pveRequired, pveSection } from '../../proxmox/pve-files.ts';
import { listItems } from '../../proxmox/pve-values.ts';

/** What the writer needs of a section; `PveSectionLines` fits. */
export interface WritableSection {
  readonly type: string;
  readonly id: string;
  readonly properties: readonly { readonly key: string; readonly value: string }[];
}

/** Writes sections in the given order. Keys without a table stand with the optional ones, as they are. */
export const writePveSections = (sections: readonly WritableSection[], file: string): string =>
  sections.map(section => writeSection(section, file)).join('');

function writeSection({ type, id, properties }: WritableSection, file: string): string {
  const table = pveSection(file, type)?.properties ?? {};
  const required = pveRequired(file, type);
  const schemaOf = (key: string): PveProperty | undefined =>
    Object.hasOwn(table, key) ? table[key] : undefined;
  const sorted = properties
    .map(({ key, value }) => ({
      key,
      rank: rankOf(key, required),
      line: lineOf(file, key, value, schemaOf(key)),
    }))
    .sort((a, b) => a.rank - b.rank || byBytes(a.key, b.key));
  return `${type}: ${id}\n${sorted.map(({ line }) => line).join('')}\n`;
}

/** Comment, `disable`, what is required, the rest. */
function rankOf(key: string, required: readonly string[]): number {
  if (key === 'comment') return 0;
  if (key === 'disable') return 1;
  return required.includes(key) ? 2 : 3;
}

function lineOf(file: string, key: string, value: string, schema: PveProperty | undefined): string {
  if (key === 'disable') return parseBoolean(value === '' ? '1' : value) === true ? '\tdisable\n' : '';
  if (key === 'comment' && file === 'jobs.cfg') return `\tcomment ${encodePveText(value)}\n`;
  const written = schema === undefined ? value : canonicalPveValue(file, schema, value);
  return written === '' ? `\t${key}\n` : `\t${key} ${written}\n`;
}

/**
 * One spelling per meaning: booleans as 1 and 0, property strings sorted with the default key first, and the lists of
 * `storage.cfg`, which PVE writes in random order, sorted. A value that does not parse is returned as it is.
 */
export function canonicalPveValue(file: string, schema: PveProperty, value: string): string {
  if (schema.kind === 'boolean') {
    const on = value === '' ? true : parseBoolean(value);
    return on === undefined ? value : on ? '1' : '0';
  }
  if (schema.kind === 'integer') return /^[+-]?\d{1,15}$/.test(value) ? String(Number(value)) : value;
  if (schema.kind === 'list' && file === 'storage.cfg') return listItems(value).sort(byBytes).join(',');
  if (schema.kind !== 'keys') return value;
  const parsed = parsePropertyString(value);
  if (!parsed.ok) return value;
  const isDefault = (key: string | undefined): boolean => key === undefined || key === schema.defaultKey;
  const entries = parsed.entries.map(entry => (isDefault(entry.key) ? { ...entry, key: undefined } : entry));
  return printPropertyString(
    entries.sort(
      (a, b) => Number(isDefault(b.key)) - Number(isDefault(a.key)) || byBytes(a.key ?? '', b.key ?? ''),
    ),
  );
}
