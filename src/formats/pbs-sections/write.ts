/**
 * The canonical form of a PBS section file: what PBS itself writes. For tests, drift and comparison; rendered files
 * come from templates. Source: `proxmox-section-config/src/lib.rs`.
 */
import { byBytes } from '../../proxmox/byte-order.ts';
import { parseByteSize, printByteSize } from '../../proxmox/byte-size.ts';
import { parseGroupFilter, printGroupFilter } from '../../proxmox/group-filter.ts';
import { pbsProperty, pbsSection } from '../../proxmox/pbs-files.ts';
import type { PbsValue } from '../../proxmox/pbs-schema.ts';
import { parseBoolean, parseInteger } from '../../proxmox/plain-text.ts';

/** What the writer needs of a section; `PbsSectionLines` fits. */
export interface WritableSection {
  readonly type: string;
  readonly id: string;
  readonly properties: readonly { readonly key: string; readonly value: string }[];
}

export interface WriteOptions {
  readonly file: string;
  /** Write as after an API edit of every section: sizes and filters normalised, dropped defaults left out. */
  readonly edited?: boolean;
}

/** Defaults that PBS leaves out once a section went through the API. */
const DROPPED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'prune.cfg': { disable: 'false' },
  'metricserver.cfg': { enable: 'true' },
};

/**
 * Writes sections in the given order: keys in byte order, items of an array in their order, an empty line between.
 * As in PBS, of sections with one id the last is written in the place of each.
 */
export function writePbsSections(sections: readonly WritableSection[], options: WriteOptions): string {
  const last = new Map(sections.map(section => [section.id, section]));
  return sections.map(section => writeSection(last.get(section.id) ?? section, options)).join('\n');
}

function writeSection({ type, id, properties }: WritableSection, { file, edited }: WriteOptions): string {
  const table = pbsSection(file, type);
  const written = properties
    .filter(({ key }) => table?.idProperty !== key)
    .map(({ key, value }) => {
      const schema = table === undefined ? undefined : pbsProperty(table, key);
      return { key, value: schema === undefined ? value : canonicalPbsValue(schema, value, edited === true) };
    })
    .filter(({ key, value }) => edited !== true || DROPPED[file]?.[key] !== value);
  // The sort is stable, which keeps the items of an array in order.
  written.sort((a, b) => byBytes(a.key, b.key));
  return `${type}: ${id}\n${written.map(({ key, value }) => `\t${key} ${value}\n`).join('')}`;
}

/**
 * The spelling PBS gives a value: booleans and integers always, sizes and group filters when `edited`.
 * A value that does not parse is returned as it is.
 */
export function canonicalPbsValue(schema: PbsValue, value: string, edited = true): string {
  const item = schema.items ?? schema;
  if (item.type === 'boolean') return String(parseBoolean(value) ?? value);
  if (item.type === 'integer') return String(parseInteger(value) ?? value);
  if (!edited) return value;
  if (item.format === 'human-byte') {
    const size = parseByteSize(value);
    return size === undefined ? value : printByteSize(size);
  }
  if (item.format === 'group-filter') {
    const parsed = parseGroupFilter(value);
    return parsed.ok ? printGroupFilter(parsed.filter) : value;
  }
  return value;
}
