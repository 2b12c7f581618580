/** Properties of a vzdump job, and of `/etc/vzdump.conf` (pve-guest-common `src/PVE/VZDump/Common.pm`). */
import type { PveProperty } from './pve-files.ts';

const BOOLEAN: PveProperty = { kind: 'boolean' };
const TEXT: PveProperty = { kind: 'text' };
const count = (min: number, max?: number): PveProperty => ({
  kind: 'integer',
  min,
  ...(max === undefined ? {} : { max }),
});
const word = (...values: string[]): PveProperty => ({ kind: 'text', values });

/** What concerns the run: allowed in both places. */
export const vzdumpRunProperties: Readonly<Record<string, PveProperty>> = {
  tmpdir: { kind: 'text', check: 'path' },
  dumpdir: { kind: 'text', check: 'path' },
  storage: { kind: 'text', check: 'storage-id' },
  mode: word('snapshot', 'suspend', 'stop'),
  bwlimit: count(0),
  performance: { kind: 'keys', check: 'performance' },
  ionice: count(0, 8),
  lockwait: count(0),
  stopwait: count(0),
  stdexcludes: BOOLEAN,
  mailto: TEXT,
  'prune-backups': { kind: 'keys', check: 'prune-backups' },
  script: { kind: 'text', check: 'path' },
  'exclude-path': { kind: 'text', array: true },
  pigz: { kind: 'integer' },
  zstd: { kind: 'integer' },
  compress: word('0', '1', 'gzip', 'lzo', 'zstd'),
  'notes-template': { kind: 'text', maxLength: 1024 },
  protected: BOOLEAN,
  'pbs-change-detection-mode': { ...word('legacy', 'data', 'metadata'), since: '8.2' },
  fleecing: { kind: 'keys', check: 'fleecing', defaultKey: 'enabled', since: '8.2' },
  remove: BOOLEAN,
  'notification-mode': { ...word('auto', 'legacy-sendmail', 'notification-system'), since: '8.1' },
};

export const vzdumpProperties: Readonly<Record<string, PveProperty>> = {
  ...vzdumpRunProperties,
  schedule: { kind: 'text', required: true, check: 'calendar', maxLength: 128 },
  enabled: BOOLEAN,
  'repeat-missed': BOOLEAN,
  comment: { kind: 'text', maxLength: 512 },
  vmid: { kind: 'list', check: 'vmids' },
  all: BOOLEAN,
  exclude: { kind: 'list', check: 'vmids' },
  pool: TEXT,
  node: TEXT,
  mailnotification: word('always', 'failure'),
  quiet: BOOLEAN,
  stop: BOOLEAN,
};
