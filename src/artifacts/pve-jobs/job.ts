/** One flow from guests to a storage as a `vzdump` section (pve-guest-common `src/PVE/VZDump/{Common,JobBase}.pm`). */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import type { BackupFlow, Guests, VzdumpFlow } from '../../model/topology.ts';
import { printPropertyString } from '../../proxmox/property-string.ts';
import { parseRate } from '../../proxmox/quantity.ts';
import { supports, type Version } from '../../proxmox/version.ts';
import { scheduleText } from '../pbs-values.ts';
import { pveProperties } from '../pve-storage/native-properties.ts';
import { pveSection } from '../pve-storage/sections.ts';
import { pruneBackups } from '../pve-storage/values.ts';
import { type Property, property, propertyAt, type Section } from '../sections.ts';

export type Job = BackupFlow | VzdumpFlow;

const FILE = 'jobs.cfg';
const TYPE = 'vzdump';
const NOTES = '{{guestname}}';
/** Before, each job sends mail by itself, and knows no other mode. */
const NOTIFICATIONS = '8.1';

const MODELLED: Readonly<Record<string, string>> = {
  all: 'from',
  bwlimit: 'bwlimit',
  comment: 'comment',
  dumpdir: 'to',
  enabled: 'disabled',
  exclude: 'from',
  fleecing: 'fleecing',
  mode: 'mode',
  node: 'node',
  'notes-template': 'notes_template',
  'notification-mode': 'notification_mode',
  pool: 'from',
  'repeat-missed': 'repeat_missed',
  schedule: 'schedule',
  storage: 'to',
  vmid: 'from',
};
const BACKUP = {
  ...MODELLED,
  'pbs-change-detection-mode': 'change_detection',
  'prune-backups': 'retention of the datastore',
};
const VZDUMP = { ...MODELLED, compress: 'compress', 'prune-backups': 'retention', tmpdir: 'tmpdir' };

/** The section, and what is wrong with what the flow asks for. Values are judged with the whole file. */
export function jobSection(
  flow: Job,
  version: Version,
): {
  readonly section: Section;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { spec, path } = flow;
  const at = (key: keyof BackupFlow['spec'] | keyof VzdumpFlow['spec']) => [...path, key];
  /** A value or its default, with its own place or that of the flow. */
  const given = (
    key: string,
    own: 'mode' | 'notes_template' | 'notification_mode' | 'repeat_missed',
    fallback: string,
  ): readonly Property[] =>
    property(key, text(spec[own] ?? fallback), spec[own] === undefined ? path : at(own));
  const native = pveProperties(spec.properties, at('properties'), {
    file: FILE,
    type: TYPE,
    modelled: flow.kind === 'backup' ? BACKUP : VZDUMP,
  });
  const section = pveSection(
    FILE,
    TYPE,
    flow.id,
    [spec.id === undefined ? path : at('id')],
    [
      propertyAt('comment', spec.comment, path, 'comment'),
      propertyAt('schedule', spec.schedule && scheduleText(spec.schedule), path, 'schedule'),
      selection(flow.from, at('from')),
      property(
        'enabled',
        spec.disabled === true ? '0' : '1',
        spec.disabled === undefined ? path : at('disabled'),
      ),
      property('storage', flow.to.id, at('to'), flow.to.path),
      propertyAt('node', spec.node, path, 'node'),
      given('mode', 'mode', 'snapshot'),
      given('notes-template', 'notes_template', NOTES),
      spec.notification_mode === undefined && !supports(version, NOTIFICATIONS)
        ? []
        : given('notification-mode', 'notification_mode', 'notification-system'),
      given('repeat-missed', 'repeat_missed', '0'),
      propertyAt('fleecing', spec.fleecing && fleecing(spec.fleecing), path, 'fleecing'),
      propertyAt('bwlimit', spec.bwlimit && kibPerSecond(spec.bwlimit), path, 'bwlimit'),
      ...(flow.kind === 'backup' ? backupOnly(flow) : vzdumpOnly(flow)),
      native.lines,
    ],
  );
  return {
    section,
    diagnostics: [...native.diagnostics, ...notesProblem(flow), ...limitProblem(flow)],
  };
}

const text = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? flag(value) : String(value);
const flag = (value: boolean): string => (value ? '1' : '0');

const backupOnly = ({ spec, path }: BackupFlow): (readonly Property[])[] => [
  propertyAt('pbs-change-detection-mode', spec.change_detection, path, 'change_detection'),
];

/** Retention stands here only where it overrides the storage's. */
const vzdumpOnly = ({ spec, path }: VzdumpFlow): (readonly Property[])[] => [
  property(
    'compress',
    spec.compress === 'none' ? '0' : (spec.compress ?? 'zstd'),
    spec.compress === undefined ? path : [...path, 'compress'],
  ),
  propertyAt('prune-backups', pruneBackups(spec.retention), path, 'retention'),
];

/** Exactly one of all, ids and pool: resolve has seen to that. */
function selection({ spec, path }: Guests, from: Guests['path']): readonly Property[] {
  if (spec.ids !== undefined) return property('vmid', idList(spec.ids), [...path, 'ids'], from);
  if (spec.pool !== undefined) return property('pool', spec.pool, [...path, 'pool'], from);
  return [
    ...property('all', '1', [...path, 'all'], from),
    ...property('exclude', spec.exclude && idList(spec.exclude), [...path, 'exclude'], from),
  ];
}

const idList = (ids: readonly number[]): string => [...new Set(ids)].sort((a, b) => a - b).join(',');

/** The default key first and without its name, as PVE prints it. */
const fleecing = (storage: string): string =>
  printPropertyString([
    { key: undefined, value: '1' },
    { key: 'storage', value: storage },
  ]);

/** KiB/s, rounded down; undefined where that would be 0, which is no limit. */
function kibPerSecond(rate: string): string | undefined {
  const parsed = parseRate(rate);
  return parsed.ok && parsed.value >= 1024 ? String(Math.floor(parsed.value / 1024)) : undefined;
}

function limitProblem({ path, spec: { bwlimit } }: Job): Diagnostic[] {
  if (bwlimit === undefined || kibPerSecond(bwlimit) !== undefined) return [];
  return [
    {
      code: 'bad-value',
      severity: 'error',
      message: `vzdump cannot be limited to \`${bwlimit}\``,
      place: atValue([...path, 'bwlimit']),
      help: 'PVE counts whole KiB/s: the least limit is `1 KiB/s`',
    },
  ];
}

/** vzdump dies at the start of the job on an escape or a variable that it does not know (pve-manager `PVE/VZDump.pm`). */
function notesProblem({ path, spec }: Job): Diagnostic[] {
  const notes = spec.notes_template;
  if (notes === undefined) return [];
  const escapes = /\\(?:\\|n|(?<bad>.|$))/gu;
  const bad = [...notes.matchAll(escapes)].find(({ groups }) => groups?.['bad'] !== undefined)?.[0];
  const variable = [...notes.matchAll(/\{\{([^\s{}]+)\}\}/g)].find(
    ([, name]) => !['cluster', 'guestname', 'node', 'vmid'].includes(name ?? ''),
  )?.[0];
  const found = bad ?? variable;
  if (found === undefined) return [];
  return [
    {
      code: 'bad-value',
      severity: 'error',
      message: `vzdump does not know ${JSON.stringify(found)} in notes`,
      place: atValue([...path, 'notes_template']),
      help: 'known: {{cluster}}, {{guestname}}, {{node}}, {{vmid}}, and the escapes \\n and \\\\',
    },
  ];
}
