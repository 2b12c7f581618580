/**
 * `_shared/apply-functions.sh`: what the steps of every APPLY.md call. It has no data: the template is the file, and
 * reading it back means that nothing of it is lost.
 */
import type { Lowered } from '../lowering.ts';

export const SHARED = '_shared';

/** @param needed some target has steps that use it. */
export function lowerApplyFunctions(needed: boolean): readonly Lowered['artifacts'][number][] {
  if (!needed) return [];
  return [
    {
      kind: 'apply-functions',
      target: SHARED,
      folder: 'doc',
      path: '/apply-functions.sh',
      ownership: 'whole',
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      view: {},
      facts: FUNCTIONS.map(name => ({ at: 'function', value: name, causes: [['offsite']] })),
      phase: 'prepare',
    },
  ];
}

/** What APPLY.md may call: a template that lost one of them does not read back. */
const FUNCTIONS = [
  'offsite_failed',
  'offsite_stop',
  'offsite_private',
  'offsite_secret',
  'offsite_place',
  'offsite_keep',
  'offsite_put',
  'offsite_write',
  'offsite_rename',
  'offsite_own',
  'offsite_lock',
  'offsite_put_filled',
  'offsite_fill',
  'offsite_ids',
  'offsite_acl',
  'offsite_guard_sections',
  'offsite_guard_address',
  'offsite_address',
  'offsite_guard_acl',
  'offsite_guard',
  'offsite_guard_ours',
  'offsite_install',
  'offsite_install_sections',
  'offsite_places',
  'offsite_guard_places',
  'offsite_has_chunks',
  'offsite_modes',
  'offsite_guard_modes',
  'offsite_on_zfs',
  'offsite_install_datastores',
  'offsite_install_acl',
  'offsite_replace',
  'offsite_guard_layout',
  'offsite_merge_sections',
  'offsite_merge_sections_filled',
  'offsite_merge_jobs',
  'offsite_merge_block',
  'offsite_guard_mounts',
  'offsite_merge_keys',
  'offsite_merge_postfix',
  'offsite_drop_routes',
  'offsite_replace_ifupdown',
  'offsite_sources_all',
  'offsite_reload_network',
  'offsite_mount',
  'offsite_mount_now',
  'offsite_is_listed',
  'offsite_umount',
  'offsite_make',
  'offsite_made',
  'offsite_unmake',
  'offsite_enable',
  'offsite_disable',
  'offsite_withdraw',
  'offsite_user',
  'offsite_token',
  'offsite_put_back',
];
