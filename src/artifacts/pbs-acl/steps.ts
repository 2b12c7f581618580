/** What each account may do once `acl.cfg` is in place, as PBS itself computes it. */
import type { Grant } from '../../analyses/access.ts';
import type { Host } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { word } from '../shell-words.ts';

export function checkStep(host: Host, grants: readonly Grant[]): ApplyStep {
  const ids = [...new Set(grants.map(({ authId }) => authId))];
  return {
    target: host.key,
    phase: 'acl',
    order: 60,
    title: 'Check the rights of the accounts',
    text: [
      'A token may do what both it and its user may; roles on a deeper path replace those from above. `acl.cfg` takes effect within 5 seconds.',
    ],
    commands: ids.map(id => `proxmox-backup-manager user permissions ${word(id)}`),
    causes: [host.path],
  };
}
