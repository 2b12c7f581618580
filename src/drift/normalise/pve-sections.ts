/**
 * PVE's storage.cfg and jobs.cfg. PVE writes lists in random order, drops comments and writes defaults out. What it
 * would lose is damage, of a section that it would lose as well.
 */
import { readPveSections } from '../../formats/pve-sections/read.ts';
import { canonicalPveValue } from '../../formats/pve-sections/write.ts';
import { parseBoolean } from '../../proxmox/plain-text.ts';
import { parsePropertyString, printPropertyString } from '../../proxmox/property-string.ts';
import { type PveProperty, pveSection } from '../../proxmox/pve-files.ts';
import { listItems } from '../../proxmox/pve-values.ts';
import { baseName, type Normaliser } from '../statement.ts';
import { lastOfEach, property, sortedList, understood } from './build.ts';
import { calendarMeaning } from './calendar.ts';

export const pveSections: Normaliser = (text, { path }) => {
  const file = baseName(path);
  const { sections, losses } = readPveSections(text, { file });
  const kept = lastOfEach(sections, ({ id }) => id);
  return understood(
    kept.map(({ type, id, line }) => ({ id, name: `${type}: ${id}`, line })),
    kept.flatMap(({ type, id, properties }) => {
      const table = pveSection(file, type)?.properties ?? {};
      const said = firstOfEach(properties, key => Object.hasOwn(table, key) && table[key]?.array === true);
      return said.map(({ key, value, line }) => {
        const meaning = pveMeaning(file, key, value, Object.hasOwn(table, key) ? table[key] : undefined);
        const silent = meaning === defaultOf(file, type, id, key);
        return property(`${type}: ${id}`, key, { value, meaning, line, silent });
      });
    }),
    losses,
  );
};

/** Of a property that stands twice PVE takes the first. */
function firstOfEach<T extends { readonly key: string }>(
  properties: readonly T[],
  repeats: (key: string) => boolean,
): readonly T[] {
  const seen = new Set<string>();
  return properties.filter(({ key }) => {
    if (repeats(key)) return true;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

/** One spelling for each meaning of a value; what does not parse stays as it is. */
export function pveMeaning(file: string, key: string, value: string, schema?: PveProperty): string {
  if (key === 'prune-backups') return retentionMeaning(value);
  if (key === 'content' || key === 'nodes' || schema?.kind === 'list') return sortedList(listItems(value));
  if (key === 'vmid' || key === 'exclude') return sortedList(listItems(value));
  if (key === 'options') return sortedList(value.split(','));
  if (key === 'is_mountpoint') return flag(value) ?? value;
  if (schema === undefined) return key === 'disable' ? (flag(value === '' ? '1' : value) ?? value) : value;
  if (schema.check === 'calendar') return calendarMeaning(value);
  if (schema.check === 'fingerprint') return value.toLowerCase();
  if (schema.kind === 'keys') return keysMeaning(value, schema.defaultKey);
  return canonicalPveValue(file, schema, value);
}

/** The default key is spelled out, and switches are 1 or 0: `storage=x,enabled=on` is `1,storage=x`. */
function keysMeaning(value: string, defaultKey = ''): string {
  const parsed = parsePropertyString(value);
  if (!parsed.ok) return value;
  const entries = parsed.entries.map(({ key = defaultKey, value: given }) => ({
    key,
    value: key === 'enabled' ? (flag(given) ?? given) : given,
  }));
  return printPropertyString(entries.sort((a, b) => (a.key < b.key ? -1 : 1)));
}

function flag(value: string): string | undefined {
  const on = parseBoolean(value);
  return on === undefined ? undefined : on ? '1' : '0';
}

/** Rules of zero keep nothing; without any rule everything is kept. */
function retentionMeaning(value: string): string {
  const parsed = parsePropertyString(value);
  if (!parsed.ok) return value;
  const rules = parsed.entries
    .map(({ key = '', value: count }) => ({
      key,
      value: key === 'keep-all' ? (flag(count) ?? count) : count,
    }))
    .map(({ key, value: count }) => ({ key, value: count.replace(/^0+(?=\d)/, '') }))
    .filter(({ value: count }) => count !== '0')
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return rules.length === 0 ? 'keep-all=1' : printPropertyString(rules);
}

/** What PVE takes, and writes out, where nothing is said (pve-storage `src/PVE/Storage/*.pm`, `PVE/VZDump/Common.pm`). */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'storage.cfg': { disable: '0', shared: '0', is_mountpoint: '0', sparse: '0' },
  'jobs.cfg': {
    enabled: '1',
    'repeat-missed': '0',
    all: '0',
    mode: 'snapshot',
    compress: '0',
    remove: '1',
    stdexcludes: '1',
    protected: '0',
  },
};

const CONTENT: Readonly<Record<string, string>> = {
  pbs: 'backup',
  nfs: 'images',
  dir: 'images,rootdir',
  iscsi: 'images',
  zfspool: 'images,rootdir',
  lvm: 'images',
  lvmthin: 'images,rootdir',
};

function defaultOf(file: string, type: string, id: string, key: string): string | undefined {
  const common = DEFAULTS[file];
  if (common !== undefined && Object.hasOwn(common, key)) return common[key];
  if (file !== 'storage.cfg') return undefined;
  if (key === 'content') return Object.hasOwn(CONTENT, type) ? CONTENT[type] : undefined;
  if (key === 'port' && type === 'pbs') return '8007';
  return key === 'path' && (type === 'nfs' || type === 'cifs') ? `/mnt/pve/${id}` : undefined;
}
