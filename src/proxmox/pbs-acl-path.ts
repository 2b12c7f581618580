/** Which ACL paths the API of PBS takes (`pbs-api-types/src/acl.rs`, `pbs-config/src/acl.rs`: `check_acl_path`). */
import { aclComponents } from './pbs-acl-tree.ts';
import { pbsPattern } from './pbs-files.ts';
import { needsText, supports, type Version } from './version.ts';

const MAX_LENGTH = 128;
const MAX_NAMESPACES = 7;

/** Below a fixed prefix: how many free components may follow, and since when. */
interface Branch {
  readonly free: number;
  readonly since?: string;
}

const BRANCHES: ReadonlyMap<string, Branch> = new Map<string, Branch>([
  ['', { free: 0 }],
  ...fixed('access', ['acl', 'users', 'domains']),
  ['access/openid', { free: 1 }],
  ['datastore', { free: 1 + MAX_NAMESPACES }],
  ['remote', { free: 2 + MAX_NAMESPACES }],
  ...fixed('system', ['certificates', 'disks', 'log', 'notifications', 'status', 'tasks', 'time']),
  ['system/services', { free: 1 }],
  ...fixed('system/network', ['dns']),
  ['system/network/interfaces', { free: 1 }],
  ['system/s3-endpoint', { free: 1, since: '4.0.9 (4.0)' }],
  ['system/encryption-keys', { free: 1, since: '4.1.9 (4.2)' }],
  ['tape', { free: 0 }],
  ['tape/device', { free: 1 }],
  ['tape/pool', { free: 1 }],
  ['tape/job', { free: 1 }],
]);

function fixed(prefix: string, names: readonly string[]): [string, Branch][] {
  return ['', ...names].map(name => [name === '' ? prefix : `${prefix}/${name}`, { free: 0 }]);
}

/**
 * What is wrong with a path, or undefined. A path the API does not know is loaded from the file without complaint,
 * and then grants nothing. Namespaces follow the store directly: `/datastore/dc/home`.
 */
export function aclPathProblem(path: string, version?: Version): string | undefined {
  if (path.length > MAX_LENGTH) return `an ACL path has at most ${MAX_LENGTH} characters`;
  if (!pbsPattern('aclPath').test(path))
    return 'an ACL path is "/" and names joined by "/", without "/" at the end';
  const components = aclComponents(path);
  // The longest fixed prefix decides; none is deeper than 3.
  for (let depth = Math.min(3, components.length); depth >= 0; depth -= 1) {
    const branch = BRANCHES.get(components.slice(0, depth).join('/'));
    if (branch === undefined) continue;
    if (components.length - depth > branch.free) return unknownPath(components, depth);
    const tooNew = version !== undefined && branch.since !== undefined && !supports(version, branch.since);
    return tooNew ? needsText(branch.since ?? '', version) : undefined;
  }
  return unknownPath(components, 0);
}

/** Paths that the API takes, made of a known beginning and the free end that `path` has in its place. */
export function aclPathsLike(path: string, version: Version | undefined): readonly string[] {
  const components = aclComponents(path);
  return [...BRANCHES.keys()]
    .map(prefix => {
      const known = aclComponents(prefix);
      return `/${[...known, ...components.slice(known.length)].join('/')}`;
    })
    .filter(like => aclPathProblem(like, version) === undefined);
}

function unknownPath(components: readonly string[], depth: number): string {
  const prefix = components.slice(0, depth).join('/');
  if (prefix === 'datastore' || prefix === 'remote')
    return `at most ${MAX_NAMESPACES} namespaces may follow the store`;
  const below = [...BRANCHES.keys()]
    .filter(key => key !== '' && aclComponents(key).slice(0, -1).join('/') === prefix)
    .map(key => `/${key}`);
  return below.length === 0 ? `nothing stands below /${prefix}` : `PBS knows ${below.join(', ')} there`;
}
