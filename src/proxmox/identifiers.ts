/**
 * Identifiers of PBS and PVE. Each check gives undefined for a good identifier, else the reason as a clause.
 * Sources: `proxmox-schema/src/api_types.rs`, `pbs-api-types/src/{lib,datastore,jobs,remote}.rs`,
 * `proxmox-auth-api/src/types.rs`; PVE: `PVE/JSONSchema.pm`, `PVE/Storage/Plugin.pm`.
 */
import { pbsPattern } from './pbs-files.ts';
import { scalarLength } from './plain-text.ts';
import { schemaProblem } from './schema-check.ts';
import { typedProblem } from './typed-check.ts';

type Check = (text: string) => string | undefined;

function pbsCheck(pattern: string, minLength: number, maxLength: number): Check {
  const schema = { type: 'string', pattern, minLength, maxLength } as const;
  return text => schemaProblem(schema, text)?.reason ?? typedProblem('', '', '', schema, text);
}

/** Datastore, sync/prune/verify job, remote, S3 endpoint, traffic rule, metric server, encryption key. */
export const pbsIdProblem: Check = pbsCheck('safeId', 3, 32);
/** Realm, notification target, notification matcher. */
export const pbsNameProblem: Check = pbsCheck('safeId', 2, 32);
/** `USER@REALM`. */
export const userIdProblem: Check = pbsCheck('userId', 3, 64);
/** `USER@REALM!TOKEN`. */
export const tokenIdProblem: Check = pbsCheck('tokenId', 3, 64);
/** A user or a token. */
export const authIdProblem: Check = pbsCheck('authId', 3, 64);
/** Up to 7 names joined by `/`; empty is the root namespace. */
export const namespaceProblem: Check = pbsCheck('namespace', 0, 256);
export const fingerprintProblem: Check = pbsCheck('fingerprintSha256', 95, 95);
/** Address of a remote: DNS name, IPv4, IPv6 without brackets. */
export const remoteHostProblem: Check = pbsCheck('dnsNameOrIp', 1, 255);
/** `vm/100`. */
export const backupGroupProblem: Check = text =>
  pbsPattern('backupGroup').test(text) ? undefined : 'a backup group is vm, ct or host, "/" and an id';
/** Comment of a PBS section. C1 controls are refused as well: PBS could not save the file again. */
export const commentProblem: Check = text => {
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) return 'control characters are not allowed';
  return scalarLength(text) > 128
    ? `at most 128 characters are allowed, this has ${scalarLength(text)}`
    : undefined;
};

/** Id of a PVE storage. */
export const pveStorageIdProblem: Check = text =>
  text.length <= 100 && /^[a-z][a-z0-9._-]*[a-z0-9]$/i.test(text)
    ? undefined
    : 'a storage id is a letter, then letters, digits, ".", "_" and "-", ending in a letter or digit, at least 2';

/** Id of a job in `jobs.cfg`, as the API takes it: the file reader takes more, the GUI then cannot edit it. */
export const pveJobIdProblem: Check = text =>
  text.length <= 50 && /^[a-z][a-z0-9_-]+$/i.test(text)
    ? undefined
    : 'a job id is a letter, then letters, digits, "_" and "-", 2 to 50 characters';

/** The user part of an auth id: `a@pbs!t` → `a@pbs`; a user id is returned as it is. */
export function userOfAuthId(authId: string): string {
  const at = authId.lastIndexOf('@');
  const bang = authId.indexOf('!', at === -1 ? 0 : at);
  return bang === -1 ? authId : authId.slice(0, bang);
}

/** Whether an auth id names an API token. */
export const isTokenId = (authId: string): boolean => userOfAuthId(authId) !== authId;
