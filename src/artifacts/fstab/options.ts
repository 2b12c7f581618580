/** Mount options: ours, overridden and extended by those of the user (mount(8), nfs(5), systemd.mount(5)). */
import { fstabOption } from '../../formats/fstab/quote.ts';

export interface OwnOptions {
  /** What the file system gets. */
  readonly plain: readonly string[];
  /** When and after what it is mounted. */
  readonly boot: readonly string[];
}

export interface MergedOptions {
  readonly options: readonly string[];
  /** Pairs of the user's own options that contradict each other. */
  readonly contradictions: readonly (readonly [string, string])[];
  /** Options that a datastore cannot have, or that are none. */
  readonly refused: readonly string[];
}

const GROUPS: readonly (readonly [string, RegExp])[] = [
  ['atime', /^(?:atime|relatime|norelatime|strictatime|nostrictatime)$/],
  ['hard', /^(?:hard|soft|softerr)$/],
  ['rw', /^(?:ro|rw)$/],
  ['vers', /^(?:vers=.*|nfsvers=.*|v[2-4](?:\.[0-9])?)$/],
];
/** Dependencies add up. */
const REPEATABLE = /^x-systemd\.(?:before|after|requires|wants|requires-mounts-for|wants-mounts-for)=/;
const REFUSED = /^(?:x-systemd\.automount|noauto|ro|bind|rbind|remount|move)$/;

/** What an option decides: two options of one topic exclude each other. */
function topicOf(option: string): string {
  if (REPEATABLE.test(option)) return option;
  const name = option.replace(/=.*$/s, '');
  const plain = option.includes('=') ? name : name.replace(/^no(?=.)/, '');
  return GROUPS.find(([, members]) => members.test(option) || members.test(plain))?.[0] ?? plain;
}

/** The user's options take the place of ours of the same topic; the others follow the file system's. */
export function mergeOptions(own: OwnOptions, user: string | undefined): MergedOptions {
  const given = new Map<string, string>();
  const contradictions: [string, string][] = [];
  const refused: string[] = [];
  for (const option of user?.split(',') ?? []) {
    const [name = '', ...value] = option.split('=');
    if (
      REFUSED.test(option) ||
      fstabOption(name, value.length === 0 ? undefined : value.join('=')) === undefined
    ) {
      refused.push(option);
      continue;
    }
    const topic = topicOf(option);
    const earlier = given.get(topic);
    if (earlier === undefined) given.set(topic, option);
    else if (earlier !== option) contradictions.push([earlier, option]);
  }
  const overridden = (options: readonly string[]): string[] =>
    options.map(option => {
      const topic = topicOf(option);
      const replacement = given.get(topic);
      given.delete(topic);
      return replacement ?? option;
    });
  const plain = overridden(own.plain);
  const boot = overridden(own.boot);
  return { options: [...plain, ...given.values(), ...boot], contradictions, refused };
}

/** `nfs4` knows no older protocol than 4, `nfs` takes all. */
export function nfsType(options: readonly string[]): 'nfs' | 'nfs4' {
  const version = options.find(option => topicOf(option) === 'vers') ?? '';
  return /[23]/.test(version.replace(/\..*$/, '')) ? 'nfs' : 'nfs4';
}

const BEFORE_PBS = [
  'x-systemd.before=proxmox-backup.service',
  'x-systemd.before=proxmox-backup-proxy.service',
] as const;

/** Journals that broke are better read-only than silently wrong; xfs and btrfs have no such option. */
const fileSystem = (fs: string): readonly string[] =>
  fs === 'ext4' ? ['noatime', 'errors=remount-ro'] : ['noatime'];

export const diskOptions = (fs: string): OwnOptions => ({
  plain: fileSystem(fs),
  boot: ['nofail', 'x-systemd.device-timeout=30s', ...BEFORE_PBS],
});

/**
 * `_netdev` keeps it out of local-fs.target; the logins themselves end before remote-fs-pre.target. The timeout is what
 * open-iscsi needs at most by default (8 logins of 15 s), with some time for the network.
 */
export const iscsiOptions = (fs: string): OwnOptions => ({
  plain: fileSystem(fs),
  boot: [
    '_netdev',
    'nofail',
    'x-systemd.requires=open-iscsi.service',
    'x-systemd.device-timeout=180s',
    ...BEFORE_PBS,
  ],
});

/** No automount for a datastore: PBS should see at once that it is missing. */
export const nfsOptions: OwnOptions = {
  plain: ['vers=4.1', 'hard'],
  boot: ['_netdev', 'nofail', ...BEFORE_PBS],
};

/** A share that flows read: mounted on first use, so that a NAS that comes up late is no problem. */
export const RUNNER_OPTIONS: readonly string[] = [
  'ro',
  'vers=4.1',
  'hard',
  '_netdev',
  'nofail',
  'x-systemd.automount',
  'x-systemd.idle-timeout=10min',
];
