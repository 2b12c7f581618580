import { AUDIT_MASK, declaredGrants, needsByAccount, roleMask } from '../analyses/access-judge.ts';
import { activeOnes } from '../analyses/in-use.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import { isTokenId } from '../proxmox/identifiers.ts';
import { privilegeBit } from '../proxmox/pbs-roles.ts';
import type { Rule } from './rule.ts';

export const monitorWithAdmin: Rule = {
  id: 'monitor-with-admin',
  severity: 'warning',
  summary: 'A token that no flow uses may change or delete things.',
  why: 'Tokens are for machines: a dashboard or a monitor needs to look, and its secret lies on a machine that many people reach. With more than `Audit` it is a way to delete every backup.',
  fix: 'Grant `Audit` on `/`, or `DatastoreAudit` on `/datastore`.',
  example: {
    bad: 'monitor: { kind: pbs, on: pbs, id: "monitor@pbs!pulse", grants: [{ role: Admin, path: / }] }',
    good: 'monitor: { kind: pbs, on: pbs, id: "monitor@pbs!pulse", grants: [{ role: Audit, path: / }] }',
  },
  *check({ topology, access }) {
    const needs = needsByAccount(access);
    // Reading backups is what restores and drills need.
    const harmless = AUDIT_MASK | privilegeBit('Datastore.Read') | privilegeBit('Datastore.Verify');
    for (const { account, index, role, path } of declaredGrants(topology, access)) {
      if (!isTokenId(account.spec.id) || needs.has(account)) continue;
      if ((roleMask(role) & ~harmless) === 0) continue;
      yield {
        message: `no flow uses \`${account.spec.id}\`, and \`${role}\` on \`${path}\` lets it change or delete`,
        place: atValue([...account.path, 'grants', index, 'role']),
        help: 'to look, `Audit` is enough; to restore, `DatastoreReader`',
      };
    }
    for (const account of activeOnes(topology.accounts)) {
      if (account.kind !== 'pve' || account.token === undefined) continue;
      for (const [index, { role, path }] of (account.spec.grants ?? []).entries()) {
        if (!PVE_ADMINISTRATORS.has(role)) continue;
        yield {
          message: `no flow uses \`${account.spec.id}\`, and \`${role}\` on \`${path}\` lets it change or delete`,
          place: atValue([...account.path, 'grants', index, 'role']),
          help: 'to look, `PVEAuditor` is enough',
        };
      }
    }
  },
};

/** Roles of PVE that may delete guests and backups (pve-access-control `PVE/AccessControl.pm`). No flow logs in there. */
const PVE_ADMINISTRATORS: ReadonlySet<string> = new Set([
  'Administrator',
  'PVEAdmin',
  'PVEDatastoreAdmin',
  'PVEVMAdmin',
]);
