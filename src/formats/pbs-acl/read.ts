/**
 * Reads PBS's `acl.cfg`: `acl:PROPAGATE:PATH:AUTHID[,AUTHID...]:ROLE[,ROLE...]`, with exactly the acceptance of the
 * program. Source: `pbs-config/src/acl.rs`. One bad line makes every API request fail.
 */
import type { ReadError, ReadFact, ReadResult } from '../../artifacts/artifact.ts';
import { authIdProblem } from '../../proxmox/identifiers.ts';
import { aclPathProblem } from '../../proxmox/pbs-acl-path.ts';
import type { AclEntry } from '../../proxmox/pbs-acl-tree.ts';
import { pbsRole } from '../../proxmox/pbs-roles.ts';
import { hasControl, splitLines, trim } from '../../proxmox/plain-text.ts';
import { needsText, supports, type Version } from '../../proxmox/version.ts';

export interface AclLine extends AclEntry {
  readonly line: number;
}

export interface AclDocument {
  /** Lines that could be split, in file order, those with a bad id or role included. */
  readonly entries: readonly AclLine[];
  readonly errors: readonly ReadError[];
  /** Accepted by PBS and without the effect somebody meant: a path that does not exist, a group. */
  readonly hazards: readonly ReadError[];
}

/** Reads a text; never throws. With a version, roles that came later are refused. */
export function readPbsAcl(text: string, version?: Version): AclDocument {
  const entries: AclLine[] = [];
  const errors: ReadError[] = [];
  const hazards: ReadError[] = [];
  for (const [index, raw] of splitLines(text).entries()) {
    const line = index + 1;
    const fields = trim(raw).split(':');
    if (fields.length === 1 && fields[0] === '') continue;
    const entry = entryOf(fields, line);
    if (typeof entry === 'string') {
      errors.push({ line, message: entry });
      continue;
    }
    entries.push(entry);
    errors.push(...entryErrors(entry, version).map(message => ({ line, message })));
    hazards.push(...entryHazards(entry, version).map(message => ({ line, message })));
  }
  return { entries, errors, hazards };
}

function entryOf(fields: readonly string[], line: number): AclLine | string {
  const [word, propagate, path = '', authIds = '', roles = ''] = fields;
  if (fields.length !== 5) return `a line has 5 fields separated by ":", this has ${fields.length}`;
  if (word !== 'acl') return `a line starts with "acl", not "${word}"`;
  if (propagate !== '0' && propagate !== '1') return `the second field is 0 or 1, not "${propagate}"`;
  return { propagate: propagate === '1', path, authIds: listOf(authIds), roles: listOf(roles), line };
}

const listOf = (text: string): string[] => text.split(',').map(trim);

function entryErrors({ authIds, roles }: AclEntry, version?: Version): string[] {
  const errors: string[] = [];
  for (const role of roles) {
    const since = pbsRole(role)?.since;
    if (since === undefined) errors.push(`unknown role "${role}"`);
    else if (version !== undefined && !supports(version, since)) {
      errors.push(`unknown role "${role}": ${needsText(since, version)}`);
    }
  }
  for (const authId of authIds) {
    const problem = authId.startsWith('@') ? undefined : authIdProblem(authId);
    if (problem !== undefined) errors.push(`bad user or token "${authId}": ${problem}`);
  }
  return errors;
}

function entryHazards({ path, authIds }: AclEntry, version?: Version): string[] {
  const hazards: string[] = [];
  const problem = aclPathProblem(path, version);
  if (problem !== undefined)
    hazards.push(`the path "${path}" grants nothing or is read as another: ${problem}`);
  if (hasControl(path)) hazards.push('the path holds a control character');
  const group = authIds.find(authId => authId.startsWith('@'));
  if (group !== undefined) hazards.push(`"${group}": PBS has no groups, the entry has no effect`);
  if (authIds.includes('root@pam'))
    hazards.push('"root@pam" always has every privilege; PBS drops the entry');
  return hazards;
}

/** One statement per auth id and role: at `acl:1:/datastore/backups:pve@pbs`, value the role, in file order. */
export function facts(document: AclDocument): ReadFact[] {
  return document.entries.flatMap(({ propagate, path, authIds, roles, line }) =>
    authIds.flatMap(authId =>
      roles.map(role => ({ at: `acl:${propagate ? 1 : 0}:${path}:${authId}`, value: role, line })),
    ),
  );
}

/** Facts and errors at once, hazards counted as errors: what a rendered file must pass. */
export function readPbsAclFile(text: string, version?: Version): ReadResult {
  const document = readPbsAcl(text, version);
  return { facts: facts(document), errors: [...document.errors, ...document.hazards] };
}
