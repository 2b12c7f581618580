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
  return { entries, ...eachEntry(text, version, entry => void entries.push(entry)) };
}

function eachEntry(
  text: string,
  version: Version | undefined,
  take: (entry: AclLine) => void,
): Pick<AclDocument, 'errors' | 'hazards'> {
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
    take(entry);
    addErrors(entry, version, errors);
    addHazards(entry, version, hazards);
  });
  return { errors, hazards };
}

function entryOf(fields: readonly string[], line: number): AclLine | string {
  const [word, propagate, path = '', authIds = '', roles = ''] = fields;
  if (fields.length !== 5) return `a line has 5 fields separated by ":", this has ${fields.length}`;
  if (word !== 'acl') return `a line starts with "acl", not "${word}"`;
  if (propagate !== '0' && propagate !== '1') return `the second field is 0 or 1, not "${propagate}"`;
  return { propagate: propagate === '1', path, authIds: listOf(authIds), roles: listOf(roles), line };
}

const listOf = (text: string): string[] => (text.includes(',') ? text.split(',').map(trim) : [trim(text)]);

function addErrors(
  { authIds, roles, line }: AclLine,
  version: Version | undefined,
  errors: ReadError[],
): void {
  for (const role of roles) {
    const since = pbsRole(role)?.since;
    if (since === undefined) errors.push({ line, message: `unknown role "${role}"` });
    else if (version !== undefined && !supports(version, since)) {
      errors.push({ line, message: `unknown role "${role}": ${needsText(since, version)}` });
    }
  }
  for (const authId of authIds) {
    const problem = authId.startsWith('@') ? undefined : authIdProblem(authId);
    if (problem !== undefined) errors.push({ line, message: `bad user or token "${authId}": ${problem}` });
  }
}

function addHazards(
  { path, authIds, line }: AclLine,
  version: Version | undefined,
  hazards: ReadError[],
): void {
  const add = (message: string): void => void hazards.push({ line, message });
  const problem = aclPathProblem(path, version);
  if (problem !== undefined) add(`the path "${path}" grants nothing or is read as another: ${problem}`);
  if (hasControl(path)) add('the path holds a control character');
  const group = authIds.find(authId => authId.startsWith('@'));
  if (group !== undefined) add(`"${group}": PBS has no groups, the entry has no effect`);
  if (authIds.includes('root@pam')) add('"root@pam" always has every privilege; PBS drops the entry');
}

/** One statement per auth id and role: at `acl:1:/datastore/backups:pve@pbs`, value the role, in file order. */
export const facts = ({ entries }: AclDocument): ReadFact[] =>
  collectFacts(take => {
    for (const entry of entries) tell(entry, take);
  });

function tell({ propagate, path, authIds, roles, line }: AclLine, take: TakeFound): void {
  for (const authId of authIds) {
    const section = `acl:${propagate ? 1 : 0}:${path}:${authId}`;
    for (const role of roles) take(section, '', -1, role, line);
  }
}

/** Facts and errors at once, hazards counted as errors: what a rendered file must pass. */
export function readPbsAclFile(text: string, version?: Version): ReadResult {
  const document = readPbsAcl(text, version);
  return { facts: facts(document), errors: [...document.errors, ...document.hazards] };
}

/** The same fact by fact; gives the errors. */
export function findPbsAcl(text: string, take: TakeFound): readonly ReadError[] {
  const { errors, hazards } = eachEntry(text, undefined, entry => tell(entry, take));
  return hazards.length === 0 ? errors : [...errors, ...hazards];
}
