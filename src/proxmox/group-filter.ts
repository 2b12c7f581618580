/**
 * Group filters of sync and prune-like jobs: `[include:|exclude:](type:vm | group:vm/100 | regex:RE)`.
 * Source: `pbs-api-types/src/{jobs,datastore}.rs`.
 */
import { pbsPattern } from './pbs-files.ts';
import { rustRegex, rustRegexProblem } from './rust-regex.ts';

export type BackupType = 'vm' | 'ct' | 'host';

export interface GroupFilter {
  readonly exclude: boolean;
  readonly kind: 'type' | 'group' | 'regex';
  /** `vm`, `vm/100` or the expression. */
  readonly value: string;
}

export type GroupFilterResult =
  | { readonly ok: true; readonly filter: GroupFilter }
  | { readonly ok: false; readonly reason: string };

const bad = (reason: string): GroupFilterResult => ({ ok: false, reason });

/** Parses one filter, as strictly as PBS does when it reads `sync.cfg`. */
export function parseGroupFilter(text: string): GroupFilterResult {
  const exclude = text.startsWith('exclude:');
  const rest = exclude || text.startsWith('include:') ? text.slice('exclude:'.length) : text;
  const colon = rest.indexOf(':');
  const kind = colon === -1 ? '' : rest.slice(0, colon);
  const value = rest.slice(colon + 1);
  switch (kind) {
    case 'type':
      if (value !== 'vm' && value !== 'ct' && value !== 'host') return bad('a type is vm, ct or host');
      break;
    case 'group':
      if (!pbsPattern('backupGroup').test(value)) return bad('a group is TYPE/ID, for example "vm/100"');
      break;
    case 'regex': {
      const problem = rustRegexProblem(value);
      if (problem !== undefined) return bad(`Rust's regular expressions: ${problem}`);
      break;
    }
    default:
      return bad(
        'a group filter is type:vm, group:vm/100 or regex:RE, with "exclude:" in front to leave out',
      );
  }
  return { ok: true, filter: { exclude, kind, value } };
}

/** The spelling PBS writes after an edit: without `include:`. */
export const printGroupFilter = (filter: GroupFilter): string =>
  `${filter.exclude ? 'exclude:' : ''}${filter.kind}:${filter.value}`;

/**
 * Whether a group (`vm/100`) passes: it matches at least one include (or there is none) and no exclude.
 * The order of the filters does not matter. An expression is not anchored.
 */
export function passesFilters(filters: readonly GroupFilter[], group: string): boolean {
  const matches = (filter: GroupFilter): boolean => {
    if (filter.kind === 'group') return filter.value === group;
    if (filter.kind === 'type') return group.startsWith(`${filter.value}/`);
    return rustRegex(filter.value)?.test(group) ?? false;
  };
  if (filters.some(filter => filter.exclude && matches(filter))) return false;
  const includes = filters.filter(filter => !filter.exclude);
  return includes.length === 0 || includes.some(matches);
}
