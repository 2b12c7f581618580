/**
 * Commands of Proxmox that judge the configuration of the machine they run on. They cannot be pointed at `out/`, so they
 * are only offered where they exist: all of them just read.
 */
import type { World } from './world.ts';

export interface HostCheck {
  readonly program: string;
  readonly commands: readonly string[];
}

const HOST_CHECKS: readonly HostCheck[] = [
  {
    program: 'proxmox-backup-manager',
    commands: [
      'proxmox-backup-manager datastore list',
      'proxmox-backup-manager remote list',
      'proxmox-backup-manager sync-job list',
      'proxmox-backup-manager prune-job list',
      'proxmox-backup-manager verify-job list',
      'proxmox-backup-manager acl list',
      'proxmox-backup-manager user list',
    ],
  },
  { program: 'pvesm', commands: ['pvesm status'] },
  { program: 'pvesh', commands: ['pvesh get /cluster/backup', 'pvesh get /storage'] },
];

/** The checks whose program is installed here. */
export const hostChecks = (world: World): readonly HostCheck[] =>
  HOST_CHECKS.filter(({ program }) => world.find(program) !== undefined);
