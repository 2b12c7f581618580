/** What each account may do once `acl.cfg` is in place, as PBS itself computes it. */
import type { Grant } from '../../analyses/access.ts';
import type { Host } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { word } from '../shell-words.ts';

/** Before the new `acl.cfg`, which would else be stopped by entries that it lacks. Taking away what is not there is no error. */
export function withdrawStep(host: Host, withdrawn: readonly Grant[]): ApplyStep {
  return {
    target: host.key,
    phase: 'acl',
    order: 30,
    title: 'Take away the rights of what is retired',
    text: [],
    commands: withdrawn.map(
      ({ path, role, authId }) =>
        `proxmox-backup-manager acl update ${word(path)} ${word(role)} --auth-id ${word(authId)} --delete true`,
    ),
    undo: ['# make it active in the topology again, and apply'],
    causes: withdrawn.flatMap(({ causes }) => causes.slice(0, 1)),
  };
}

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
