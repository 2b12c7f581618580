/** What a plan says about the state of `out/`, as diagnostics. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { printable } from '../diagnostics/printable.ts';
import type { Blocked, Change, Plan } from './change.ts';
import { emitCodes } from './codes.ts';

/** Of one code at most so many are reported; one more says how many are left. */
const LIMIT = 100;

/** So many files are named in one sentence. */
const NAMED = 3;

const BLOCKED: Readonly<Record<Blocked['why'], string>> = {
  symlink: 'this is a symbolic link, which is not followed',
  'not-a-directory': 'this is no directory, but rendered files belong below it',
  'not-a-file': 'this is no regular file, but a rendered file belongs here',
};

const STALE: Readonly<Record<Change['verb'], string>> = {
  create: 'this file is missing',
  update: 'this file differs from what the topology renders to',
  delete: 'this file is no longer rendered',
};

/** What is in the way, and what is found but not ours. `label` is how `out/` is printed, without a final slash. */
export function foundInOut(plan: Plan, label: string): readonly Diagnostic[] {
  const foreign = plan.kept.filter(({ why }) => why === 'foreign').map(({ path }) => path);
  const edited = plan.kept.filter(({ why }) => why === 'edited').map(({ path }) => path);
  return [
    ...plan.blocked.map(({ path, why }) => finding('out-blocked', label, path, BLOCKED[why])),
    ...bounded('out-foreign', label, foreign, () => 'this file was not rendered by offsite'),
    ...bounded('out-edited', label, edited, () => 'this file is no longer rendered, but it was edited'),
  ];
}

/** Why `out/` is not fresh, file by file or (where a diff follows) in one sentence; none when it is. */
export function staleInOut(plan: Plan, label: string, each: boolean): readonly Diagnostic[] {
  // What would be written is not known for what lies behind an obstacle.
  if (plan.blocked.length > 0) return [];
  const verbs = new Map(plan.changes.map(({ path, verb }) => [path, verb]));
  const stale = each
    ? bounded('out-stale', label, [...verbs.keys()], path => STALE[verbs.get(path) ?? 'update'])
    : staleAtAll(plan, label);
  const half = [...plan.leftovers, ...plan.emptied];
  if (plan.journals.length === 0 && (half.length === 0 || stale.length > 0)) return stale;
  return [finding('out-interrupted', label, '', 'an earlier `offsite render` did not finish'), ...stale];
}

function staleAtAll({ changes }: Plan, label: string): Diagnostic[] {
  const [change, ...others] = changes;
  if (change === undefined) return [];
  if (others.length === 0) return [finding('out-stale', label, change.path, STALE[change.verb])];
  const named = changes.slice(0, NAMED).map(({ path }) => `\`${printable(path)}\``);
  const rest = changes.length - named.length;
  const list = rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
  const says = `${changes.length} files differ from what the topology renders to: ${list}`;
  return [finding('out-stale', label, '', says)];
}

/** @param paths below `out/`. @param says the message for each. */
export function bounded(
  code: keyof typeof emitCodes,
  label: string,
  paths: readonly string[],
  says: (path: string) => string,
): Diagnostic[] {
  const shown = paths.slice(0, LIMIT).map(path => finding(code, label, path, says(path)));
  const rest = paths.length - shown.length;
  if (rest > 0) shown.push(finding(code, label, '', `${rest} more files are like those reported`));
  return shown;
}

function finding(code: keyof typeof emitCodes, label: string, path: string, says: string): Diagnostic {
  const file = path === '' ? label : `${label}/${path}`;
  const { severity, fix } = emitCodes[code];
  return { code, severity, message: says, place: { kind: 'file', file, line: 1 }, help: fix };
}
