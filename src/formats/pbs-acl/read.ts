/**
 * Reads PBS's `acl.cfg`: `acl:PROPAGATE:PATH:AUTHID[,AUTHID...]:ROLE[,ROLE...]`, with exactly the acceptance of the
 * program. Source: `pbs-config/src/acl.rs`. One bad line makes every API request fail.
 */
import type { ReadError, ReadFact, ReadResult, TakeFound } from '../../artifacts/artifact.ts';
import { authIdProblem } from '../../proxmox/identifiers.ts';
import { aclPathProblem } from '../../proxmox/pbs-acl-path.ts';
import type { AclEntry } from '../../proxmox/pbs-acl-tree.ts';
import { pbsRole } from '../../proxmox/pbs-roles.ts';
import { eachLine, hasControl, trim } from '../../proxmox/plain-text.ts';
import { needsText, supports, type Version } from '../../proxmox/version.ts';
import { collectFacts } from '../collect.ts';

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
  eachLine(text, (raw, line) => {
    const content = trim(raw);
    if (content === '') return;
    const entry = entryOf(content.split(':'), line);
    if (typeof entry === 'string') {
      errors.push({ line, message: entry });
      return;
    }
    entries.push(entry);
    for (const message of entryErrors(entry, version)) errors.push({ line, message });
    for (const message of entryHazards(entry, version)) hazards.push({ line, message });
  });
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
export const facts = (document: AclDocument): ReadFact[] => collectFacts(take => tell(document, take));

function tell({ entries }: AclDocument, take: TakeFound): void {
  for (const { propagate, path, authIds, roles, line } of entries) {
    for (const authId of authIds) {
      const section = `acl:${propagate ? 1 : 0}:${path}:${authId}`;
      for (const role of roles) take(section, '', -1, role, line);
    }
  }
}

/** Facts and errors at once, hazards counted as errors: what a rendered file must pass. */
export function readPbsAclFile(text: string, version?: Version): ReadResult {
  const document = readPbsAcl(text, version);
  return { facts: facts(document), errors: [...document.errors, ...document.hazards] };
}

/** The same fact by fact; gives the errors. */
export function findPbsAcl(text: string, take: TakeFound): readonly ReadError[] {
  const document = readPbsAcl(text);
  tell(document, take);
  return [...document.errors, ...document.hazards];
}
