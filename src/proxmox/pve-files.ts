/**
 * Property tables of PVE's `storage.cfg` and `jobs.cfg`, by hand: upstream keeps them in Perl.
 * Sources: pve-storage `src/PVE/Storage/*.pm`; pve-guest-common `src/PVE/VZDump/{Common,JobBase}.pm`; pve-common
 * `src/PVE/Job/Registry.pm`.
 */
import { vzdumpProperties } from './pve-vzdump.ts';

export interface PveProperty {
  /** How Proxmox reads the value; `list` is a comma list without order, `keys` a property string. */
  readonly kind: 'boolean' | 'integer' | 'text' | 'list' | 'keys';
  readonly required?: true;
  /** Required, but PVE fills it in when it is absent. */
  readonly filled?: true;
  /** One line per item. */
  readonly array?: true;
  /** See `parseSince`; absent: in all of PVE 8 and 9. */
  readonly since?: string;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** Allowed values of a text, or items of a list. */
  readonly values?: readonly string[];
  /** Named check in `pve-values.ts`. */
  readonly check?: PveCheck;
  /** Sub-key of a property string that may stand without `key=`. */
  readonly defaultKey?: string;
  /** Why it must not be rendered although PVE parses it. */
  readonly refused?: string;
}

export type PveCheck =
  | 'calendar'
  | 'fingerprint'
  | 'host'
  | 'portal'
  | 'word'
  | 'path'
  | 'dir-path'
  | 'namespace'
  | 'prune-backups'
  | 'fleecing'
  | 'performance'
  | 'bwlimit'
  | 'vmids'
  | 'content-dirs'
  | 'storage-id'
  | 'pbs-id';

export interface PveSection {
  readonly properties: Readonly<Record<string, PveProperty>>;
  /** Content types of a storage; `content` takes these. */
  readonly content?: readonly string[];
}

const BOOLEAN: PveProperty = { kind: 'boolean' };
const TEXT: PveProperty = { kind: 'text' };
const required = (property: PveProperty): PveProperty => ({ ...property, required: true });

const FILE_CONTENT = ['images', 'rootdir', 'vztmpl', 'iso', 'backup', 'snippets', 'import'];
const GUEST_CONTENT = ['images', 'rootdir'];

const common: Readonly<Record<string, PveProperty>> = { nodes: { kind: 'list' }, disable: BOOLEAN };
const contentOf = (values: readonly string[]): PveProperty => ({ kind: 'list', values });
const bwlimit: PveProperty = { kind: 'keys', check: 'bwlimit' };
const host: PveProperty = { kind: 'text', check: 'host' };
const backups = {
  'prune-backups': { kind: 'keys', check: 'prune-backups' },
  'max-protected-backups': { kind: 'integer', min: -1 },
} satisfies Record<string, PveProperty>;

const files = {
  ...common,
  ...backups,
  'content-dirs': { kind: 'keys', check: 'content-dirs' },
  format: { kind: 'text', values: ['raw', 'qcow2', 'vmdk', 'subvol'] },
  preallocation: { kind: 'text', values: ['off', 'metadata', 'falloc', 'full'] },
  bwlimit,
  'create-base-path': BOOLEAN,
  'create-subdirs': BOOLEAN,
  mkdir: BOOLEAN,
  'snapshot-as-volume-chain': { kind: 'boolean', since: '9' },
} satisfies Record<string, PveProperty>;

const storages: Readonly<Record<string, PveSection>> = {
  pbs: storage(['backup', 'none'], {
    ...common,
    ...backups,
    datastore: required({ kind: 'text', check: 'pbs-id' }),
    server: required(host),
    port: { kind: 'integer', min: 1, max: 65535 },
    username: { kind: 'text', check: 'word' },
    fingerprint: { kind: 'text', check: 'fingerprint' },
    namespace: { kind: 'text', check: 'namespace' },
    'encryption-key': TEXT,
    'master-pubkey': BOOLEAN,
    password: { ...TEXT, refused: 'the password belongs in /etc/pve/priv/storage/ID.pw' },
  }),
  nfs: storage(FILE_CONTENT, {
    ...files,
    path: { ...required({ kind: 'text', check: 'path' }), filled: true },
    server: required(host),
    export: required({ kind: 'text', check: 'path' }),
    options: { kind: 'text', check: 'word' },
  }),
  dir: storage([...FILE_CONTENT, 'none'], {
    ...files,
    path: required({ kind: 'text', check: 'dir-path' }),
    shared: BOOLEAN,
    is_mountpoint: TEXT,
  }),
  iscsi: storage(['images', 'none'], {
    ...common,
    bwlimit,
    portal: required({ kind: 'text', check: 'portal' }),
    target: required({ kind: 'text', check: 'word' }),
  }),
  zfspool: storage(GUEST_CONTENT, {
    ...common,
    bwlimit,
    pool: required(TEXT),
    blocksize: TEXT,
    sparse: BOOLEAN,
    mountpoint: { kind: 'text', check: 'path' },
  }),
  lvm: storage(GUEST_CONTENT, {
    ...common,
    bwlimit,
    vgname: required(TEXT),
    base: TEXT,
    shared: BOOLEAN,
    saferemove: BOOLEAN,
    saferemove_throughput: TEXT,
    'saferemove-stepsize': { kind: 'integer', since: '9.1' },
    tagged_only: BOOLEAN,
    'snapshot-as-volume-chain': { kind: 'boolean', since: '9' },
  }),
  lvmthin: storage(GUEST_CONTENT, { ...common, bwlimit, vgname: required(TEXT), thinpool: required(TEXT) }),
};

function storage(content: readonly string[], properties: Readonly<Record<string, PveProperty>>): PveSection {
  return { content, properties: { ...properties, content: contentOf(content) } };
}

const sections: Readonly<Record<string, Readonly<Record<string, PveSection>>>> = {
  'storage.cfg': storages,
  'jobs.cfg': { vzdump: { properties: vzdumpProperties } },
};

/**
 * Types that PVE knows and we have no table for, each with the properties that it requires: kept as they are, values
 * unchecked.
 */
const OPAQUE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'storage.cfg': {
    btrfs: ['path'],
    cephfs: ['path'],
    cifs: ['path', 'server', 'share'],
    esxi: ['server', 'username'],
    glusterfs: [],
    iscsidirect: ['portal', 'target'],
    rbd: [],
    zfs: ['blocksize', 'iscsiprovider', 'pool', 'portal', 'target'],
  },
  'jobs.cfg': { 'realm-sync': [] },
};

/** The table of a section type: `pveSection('storage.cfg', 'nfs')`; undefined if there is none. */
export function pveSection(file: string, type: string): PveSection | undefined {
  const types = Object.hasOwn(sections, file) ? sections[file] : undefined;
  return types !== undefined && Object.hasOwn(types, type) ? types[type] : undefined;
}

/** Whether PVE has this type although we have no table for it. */
export const isOpaqueType = (file: string, type: string): boolean => Object.hasOwn(OPAQUE[file] ?? {}, type);

/** What PVE requires of a section of a type. Without it the next save through PVE fails. */
export function pveRequired(file: string, type: string): readonly string[] {
  const table = pveSection(file, type)?.properties;
  if (table === undefined) return isOpaqueType(file, type) ? (OPAQUE[file]?.[type] ?? []) : [];
  return Object.keys(table).filter(key => table[key]?.required === true);
}
