/** PBS's acl.cfg: what each user or token holds on each path, in whatever lines it is said. */
import { readPbsAcl } from '../../formats/pbs-acl/read.ts';
import { aclPathProblem } from '../../proxmox/pbs-acl-path.ts';
import { aclComponents } from '../../proxmox/pbs-acl-tree.ts';
import { hasControl } from '../../proxmox/plain-text.ts';
import type { Normaliser } from '../statement.ts';
import { property, understood } from './build.ts';

interface Held {
  readonly propagate: boolean;
  readonly line: number;
}

const pathOf = (path: string): string => `/${aclComponents(path).join('/')}`;

const isSpelling = (path: string): boolean =>
  path !== pathOf(path) && aclPathProblem(pathOf(path)) === undefined && !hasControl(path);

/** Later lines win as in PBS: `NoAccess` and other roles drive each other out, a repeated role propagates as said last. */
export const pbsAcl: Normaliser = text => {
  const { entries, errors, hazards } = readPbsAcl(text);
  // PBS drops empty components: a path that is fine without them is.
  const resolved = new Set(entries.filter(({ path }) => isSpelling(path)).map(({ line }) => line));
  const places = new Map<string, Map<string, Held>>();
  for (const { path, authIds, roles, propagate, line } of entries) {
    for (const authId of authIds) {
      // PBS drops what it says of root@pam, and groups have no effect; both are hazards.
      if (authId === 'root@pam' || authId.startsWith('@')) continue;
      const at = `${pathOf(path)} ${authId}`;
      const held = places.get(at) ?? new Map<string, Held>();
      places.set(at, held);
      for (const role of roles) {
        if (role === 'NoAccess') held.clear();
        else held.delete('NoAccess');
        held.set(role, { propagate, line });
      }
    }
  }
  const statements = [...places].flatMap(([at, held]) =>
    [...held].map(([role, { propagate, line }]) =>
      // An auth id may hold any word, also one that is the name of a secret.
      ({ ...property('', 'acl', { value: propagate ? role : `${role}, not propagated`, line }), at }),
    ),
  );
  const fatal = errors.map(({ line, message }) => ({
    line,
    message: `PBS refuses every request: ${message}`,
  }));
  return understood([], statements, [...fatal, ...hazards.filter(({ line }) => !resolved.has(line))]);
};
