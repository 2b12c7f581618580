/**
 * What goes from `out/` and goes on working on a host, since no step takes it away: a file or a section that disappears
 * removes nothing there. Only the run that deletes it can know.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Plan } from './change.ts';
import { bounded } from './findings.ts';

/** What the new topology says about a host beside the files. */
export interface Known {
  /** What steps take away. */
  readonly changes: readonly {
    readonly target: string;
    readonly verb: string;
    readonly kind: string;
    readonly name: string;
  }[];
  /** Files that wait for values: nothing has gone. */
  readonly withheld: readonly { readonly target: string; readonly path: string }[];
}

/** Something that works by itself; `kind` as in the manifest's `removes`. */
interface Thing {
  readonly target: string;
  readonly kind: string;
  readonly name: string;
  /** Below `out/`. */
  readonly file: string;
}

/**
 * @param known undefined where there are errors.
 * @param label how `out/` is printed, without a final slash.
 */
export function leftOnHosts({ changes }: Plan, known: Known | undefined, label: string): Diagnostic[] {
  const before = new Map<string, Thing>();
  const vanished = new Set<string>();
  for (const change of changes) {
    if (change.verb === 'create' || !isOfTarget(change)) continue;
    if (change.verb === 'delete' && change.path.endsWith('/APPLY.md')) vanished.add(targetOf(change.path));
    for (const thing of thingsIn(change.path, change.old)) before.set(idOf(thing), thing);
  }
  if (before.size === 0 || known === undefined) return [];
  const now = new Set<string>();
  for (const change of changes) {
    // What a stage has is of a target that is new.
    if (change.verb === 'delete' || change.isStaged || !isOfTarget(change)) continue;
    for (const thing of thingsIn(change.path, change.text)) now.add(idOf(thing));
  }
  for (const change of known.changes)
    if (change.verb === 'removes')
      now.add(idOf(change.kind === 'mail-relay' ? { ...change, name: '' } : change));
  const waiting = new Set(known.withheld.map(({ target, path }) => `${target}${path}`));
  const left = [...before].filter(([id, { file }]) => !now.has(id) && !waiting.has(placeOf(file)));
  const things = left.map(([, thing]) => thing);
  const found = groupBy(things, ({ target, file }) => (vanished.has(target) ? `${target}/APPLY.md` : file));
  return bounded('left-on-host', label, [...found.keys()], path => message(found.get(path) ?? [], vanished));
}

/** In `out/` itself lies nothing of a host. */
const isOfTarget = ({ path }: { readonly path: string }): boolean => path.includes('/');

const targetOf = (path: string): string => path.slice(0, path.indexOf('/'));

/** `desk/root/etc/fstab` → `desk/etc/fstab` */
const placeOf = (file: string): string => file.replace(/^([^/]+)\/[^/]+/, '$1');

const idOf = ({ target, kind, name }: Pick<Thing, 'target' | 'kind' | 'name'>): string =>
  `${target} ${kind} ${name}`;

/** By file: a part of its path gives the name (a host has one mail relay), or its sections do. A unit has its timer with it. */
const FILES: readonly (readonly [kind: string, path: RegExp])[] = [
  ['unit', /\/systemd\/system\/(offsite-[^/@]+)\.service$/],
  ['task', /\/(offsite-[^/]+)\.sh$/],
  ['tunnel', /\/wireguard\/([^/]+)\.conf$/],
  ['key', /^[^/]+\/merge(\/.+\/authorized_keys)$/],
  ['mail-relay', /\/postfix\/main\.cf()$/],
];
const SECTIONS: readonly (readonly [kind: string, path: RegExp])[] = [
  ['job', /\/etc\/pve\/jobs\.cfg$/],
  ['storage', /\/etc\/pve\/storage\.cfg$/],
  ['notification', /\/etc\/pve\/notifications\.cfg$/],
  ['sync', /\/proxmox-backup\/sync\.cfg$/],
  ['prune', /\/proxmox-backup\/prune\.cfg$/],
  ['verification', /\/proxmox-backup\/verification\.cfg$/],
];

function thingsIn(file: string, text: string): Thing[] {
  const target = targetOf(file);
  if (target.startsWith('_')) return [];
  for (const [kind, path] of FILES) {
    const name = path.exec(file)?.[1];
    if (name !== undefined) return [{ target, kind, name, file }];
  }
  const kind = SECTIONS.find(([, path]) => path.test(file))?.[0];
  if (kind === undefined) return [];
  // Matchers go with their targets, and built-in targets stay.
  const headers = text.matchAll(/^(?!matcher:)[a-z][\w-]*:[ \t]*(\S+)[ \t]*$/gm);
  return [...headers].flatMap(([, name = '']) =>
    name === 'mail-to-root' ? [] : [{ target, kind, name, file }],
  );
}

const WORDS: Readonly<Record<string, string>> = {
  job: 'backup job',
  sync: 'sync job',
  prune: 'prune job',
  verification: 'verification job',
  'mail-relay': 'the mail relay',
  key: 'the keys in',
};

const NAMED = 10;

function message(things: readonly Thing[], vanished: ReadonlySet<string>): string {
  const target = things[0]?.target ?? '';
  const named = things
    .slice(0, NAMED)
    .map(({ kind, name }) => `${WORDS[kind] ?? kind}${name === '' ? '' : ` \`${name}\``}`);
  if (things.length > NAMED) named.push(`${things.length - NAMED} more`);
  const list = named.join(', ');
  return vanished.has(target)
    ? `nothing is rendered for \`${target}\` any more; if it goes on running, so does what is there: ${list}`
    : `no longer rendered, and no step takes it away from \`${target}\`: ${list}`;
}
