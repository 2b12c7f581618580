/** The built-in roles of PBS and their privileges (`pbs-api-types/src/acl.rs`); there are no custom roles. */
import { privilegeBits, roles } from './generated/pbs-schema.ts';
import { supports, type Version } from './version.ts';

export interface Role {
  readonly name: string;
  readonly privileges: readonly string[];
  /** See `parseSince`. A server older than this cannot load an `acl.cfg` that names the role. */
  readonly since: string;
  /** The privileges as a sum of `privilegeBit`s. */
  readonly mask: number;
}

const table: ReadonlyMap<string, Role> = new Map(
  Object.entries(roles).map(([name, { privileges, since }]) => [
    name,
    {
      name,
      privileges,
      since,
      mask: privileges.reduce((mask, privilege) => mask | privilegeBit(privilege), 0),
    },
  ]),
);

/** The role of this name; undefined if PBS has none. */
export const pbsRole = (name: string): Role | undefined => table.get(name);

/** All roles, or those that a version knows, sorted by name. */
export const pbsRoleNames = (version?: Version): string[] =>
  [...table.values()]
    .filter(role => version === undefined || supports(version, role.since))
    .map(role => role.name);

/** The bit of a privilege such as `Datastore.Read`; throws for an unknown name, which would be our own mistake. */
export function privilegeBit(name: string): number {
  const bit = Object.hasOwn(privilegeBits, name) ? privilegeBits[name] : undefined;
  if (bit === undefined) throw new Error(`no privilege named ${name}`);
  return bit;
}

/** Names of the privileges in a mask, in the order of their bits. */
export const privilegeNames = (mask: number): string[] =>
  Object.entries(privilegeBits)
    .filter(([, bit]) => (mask & bit) !== 0)
    .map(([name]) => name);
