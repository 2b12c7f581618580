/**
 * `acl.cfg` in the order in which PBS saves it: a walk over the paths, per path what does not propagate first, ids
 * with the same roles on one line. Source: `pbs-config/src/acl.rs`.
 */
import { type Access, comparePaths, type Grant } from '../../analyses/access.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import type { Host, Topology } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { aclPathProblem, aclPathsLike } from '../../proxmox/pbs-acl-path.ts';
import { pbsRole, pbsRoleNames } from '../../proxmox/pbs-roles.ts';
import { needsText, supports } from '../../proxmox/version.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import { goneNote } from '../gone-note.ts';
import { type Change, type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';
import { isRendered, pbsHosts, pbsVersion } from '../pbs-hosts.ts';
import { checkStep, withdrawStep } from './steps.ts';

export interface AclView {
  readonly entries: readonly {
    readonly propagate: '0' | '1';
    readonly path: string;
    /** Joined by commas, as roles. */
    readonly authIds: string;
    readonly roles: string;
  }[];
}

interface Line {
  readonly propagate: boolean;
  readonly path: string;
  readonly authIds: readonly string[];
  readonly roles: readonly string[];
  /** Of each role of each id. */
  readonly causes: readonly Grant['causes'][];
}

export function lowerPbsAcl(topology: Topology, access: Access): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: Lowered['steps'][number][] = [];
  const external: ExternalNote[] = [];
  const changes: Change[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const host of pbsHosts(topology)) {
    const { grants = [], withdrawn = [] } = access.get(host) ?? {};
    for (const grant of grants) if (grant.declared) diagnostics.push(...grantProblems(grant, host));
    const lines = aclLines(grants);
    if (isRendered(host)) {
      artifacts.push(artifactOf(host, lines));
      if (withdrawn.length > 0) steps.push(withdrawStep(host, withdrawn));
      if (grants.length > 0) steps.push(checkStep(host, grants));
      changes.push(...withdrawn.map(grant => removal(host, grant)));
    } else {
      if (lines.length > 0) external.push(noteOf(host, lines, grants));
      if (withdrawn.length > 0) external.push(goneRights(host, withdrawn));
    }
  }
  return { ...emptyLowered, artifacts, steps, changes, external, diagnostics };
}

const goneRights = (host: Host, withdrawn: readonly Grant[]): ExternalNote =>
  goneNote(
    host.key,
    'rights of what is retired',
    [withdrawn.map(({ path, authId, role }) => `* \`${role}\` of \`${authId}\` on \`${path}\``).join('\n')],
    withdrawn.flatMap(({ causes }) => causes.slice(0, 1)),
  );

const removal = (host: Host, { path, authId, role, causes }: Grant): Change => ({
  target: host.key,
  verb: 'removes',
  kind: 'acl',
  name: `${path} ${authId} ${role}`,
  causes,
});

/** The lines of a file in canonical order. */
export function aclLines(grants: readonly Grant[]): Line[] {
  const nodes = new Map<string, Grant[]>();
  for (const grant of grants) push(nodes, grant.path, grant);
  const lines: Line[] = [];
  for (const path of [...nodes.keys()].sort(comparePaths)) {
    const here = nodes.get(path)!;
    if (haveOneRole(here)) lines.push(oneLine(here));
    else {
      for (const line of nodeLines(path, here, false)) lines.push(line);
      for (const line of nodeLines(path, here, true)) lines.push(line);
    }
  }
  return lines;
}

function haveOneRole(grants: readonly Grant[]): boolean {
  const { role, propagate } = grants[0]!;
  for (const grant of grants) if (grant.role !== role || grant.propagate !== propagate) return false;
  return true;
}

/** Nearly all paths: a role, and who has it. */
function oneLine(grants: readonly Grant[]): Line {
  const { path, propagate, role } = grants[0]!;
  const causes = new Map<string, Grant['causes']>();
  for (const grant of grants) causes.set(grant.authId, grant.causes);
  const authIds = [...causes.keys()].sort(byBytes);
  return { propagate, path, authIds, roles: [role], causes: authIds.map(id => causes.get(id) ?? []) };
}

/** Ids that share a role, then roles that share the ids: one line each, sorted by the joined ids. */
function nodeLines(path: string, grants: readonly Grant[], propagate: boolean): Line[] {
  if (!grants.some(grant => grant.propagate === propagate)) return [];
  const idsOfRole = new Map<string, Set<string>>();
  for (const { role, authId, propagate: reaches } of grants) {
    if (reaches !== propagate) continue;
    const ids = idsOfRole.get(role);
    if (ids === undefined) idsOfRole.set(role, new Set([authId]));
    else ids.add(authId);
  }
  const rolesOfIds = new Map<string, { ids: readonly string[]; roles: string[] }>();
  for (const [role, set] of idsOfRole) {
    const ids = [...set].sort(byBytes);
    const key = ids.join(',');
    const entry = rolesOfIds.get(key);
    if (entry === undefined) rolesOfIds.set(key, { ids, roles: [role] });
    else entry.roles.push(role);
  }
  const key = (authId: string, role: string): string => `${authId} ${role}`;
  const causes = new Map(grants.map(grant => [key(grant.authId, grant.role), grant.causes]));
  return [...rolesOfIds]
    .sort(([a], [b]) => byBytes(a, b))
    .map(([, { ids, roles }]) => ({
      propagate,
      path,
      authIds: ids,
      roles: roles.sort(byBytes),
      causes: ids.flatMap(id => roles.map(role => causes.get(key(id, role)) ?? [])),
    }));
}

const artifactOf = (host: Host, lines: readonly Line[]): Lowered['artifacts'][number] =>
  new ColumnFile<AclView>({
    kind: 'pbs-acl',
    target: host.key,
    folder: 'root',
    path: '/etc/proxmox-backup/acl.cfg',
    ownership: 'whole',
    mode: '0640',
    owner: 'root',
    group: 'backup',
    secrets: [],
    view: {
      entries: lines.map(({ propagate, path, authIds, roles }) => ({
        propagate: propagate ? '1' : '0',
        path,
        authIds: authIds.join(','),
        roles: roles.join(','),
      })),
    },
    columns: columnsOf(lines),
    phase: 'acl',
  });

/** One fact per auth id and role, in file order. */
function columnsOf(lines: readonly Line[]): FactColumns {
  const columns = new ColumnList(lines.reduce((sum, { causes }) => sum + causes.length, 0));
  for (const { propagate, path, authIds, roles, causes } of lines) {
    let next = 0;
    for (const authId of authIds) {
      const section = `acl:${propagate ? 1 : 0}:${path}:${authId}`;
      for (const role of roles) columns.add(section, '', -1, role, causes[next++] ?? []);
    }
  }
  return columns;
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const guess = suggest(word, candidates);
  return guess === undefined ? '' : `did you mean "${guess}"? `;
}

/** One unknown role makes every request to the API fail, so it is judged before it is written. */
function grantProblems({ role, path, causes }: Grant, host: Host): Diagnostic[] {
  const at = causes[0] ?? [];
  const version = pbsVersion(host);
  const known = pbsRole(role);
  const found: Diagnostic[] = [];
  if (known === undefined) {
    found.push({
      code: 'unknown-role',
      severity: 'error',
      message: `PBS has no role "${role}"`,
      place: atValue([...at, 'role']),
      help: `${didYouMean(role, pbsRoleNames(version))}roles: ${pbsRoleNames(version).join(', ')}`,
    });
  } else if (!supports(version, known.since)) {
    found.push({
      code: 'property-too-new',
      severity: 'error',
      message: `role "${role}" ${needsText(known.since, version)}`,
      place: atValue([...at, 'role']),
      help: `roles: ${pbsRoleNames(version).join(', ')}`,
    });
  }
  const problem = aclPathProblem(path, version);
  if (problem !== undefined) {
    found.push({
      code: 'unknown-acl-path',
      severity: 'error',
      message: `a role on "${path}" grants nothing`,
      place: atValue([...at, 'path']),
      help: `${didYouMean(path, aclPathsLike(path, version))}${problem}`,
    });
  }
  return found;
}

const noteOf = (host: Host, lines: readonly Line[], grants: readonly Grant[]): ExternalNote => ({
  name: host.key,
  title: `Rights on PBS ${host.key}`,
  text: [
    'This PBS is run by others. The accounts need these rights, as lines of `/etc/proxmox-backup/acl.cfg`; each can be granted with `proxmox-backup-manager acl update PATH ROLE --auth-id ID`.',
  ],
  blocks: [
    {
      language: 'text',
      text: lines
        .map(
          ({ propagate, path, authIds, roles }) =>
            `acl:${propagate ? 1 : 0}:${path}:${authIds.join(',')}:${roles.join(',')}\n`,
        )
        .join(''),
    },
  ],
  causes: grants.flatMap(({ causes }) => causes.slice(0, 1)),
});
