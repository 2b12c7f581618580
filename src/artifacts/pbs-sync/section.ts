/** One `sync:` section. Keys and defaults: `pbs-api-types/src/jobs.rs`. */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { SyncFlow } from '../../model/topology.ts';
import type { Version } from '../../proxmox/version.ts';
import { nativeProperties } from '../native-properties.ts';
import { groupFilterText, rateProperties, scheduleText } from '../pbs-values.ts';
import { type Property, property, propertyAt, type Section, section } from '../sections.ts';

/** Native names with a key of their own in the topology. */
const MODELLED = {
  store: 'from` and `to',
  'remote-store': 'from` and `to',
  ns: 'from` and `to',
  'remote-ns': 'from` and `to',
  remote: 'remote',
  'max-depth': 'max_depth',
  owner: 'owner',
  'remove-vanished': 'propagate_deletions',
  schedule: 'schedule',
  'group-filter': 'groups',
  'rate-in': 'rates.in',
  'rate-out': 'rates.out',
  'burst-in': 'rates.burst_in',
  'burst-out': 'rates.burst_out',
  'transfer-last': 'transfer_last',
  'resync-corrupt': 'resync_corrupt',
  'encrypted-only': 'encrypted_only',
  'verified-only': 'verified_only',
  'run-on-mount': 'run_on_mount',
  'unmount-on-done': 'unmount_on_done',
  'sync-direction': 'direction',
  'worker-threads': 'worker_threads',
  comment: 'comment',
} as const;

/** @param byUnit a unit of ours starts the job, at the time that it would have had. */
export function syncSection(
  flow: SyncFlow,
  version: Version,
  byUnit: boolean,
): { readonly section: Section; readonly diagnostics: readonly Diagnostic[] } {
  const { spec, path, id, direction } = flow;
  const at = (key: string): TopologyPath => [...path, key];
  const given = <T>(value: T | undefined, key: string) => (value === undefined ? path : at(key));
  const native = nativeProperties(spec.properties, at('properties'), {
    file: 'sync.cfg',
    type: 'sync',
    version,
    modelled: MODELLED,
  });
  const made = section(
    'sync',
    id,
    [given(spec.id, 'id'), path],
    [
      places(flow),
      propertyAt('max-depth', spec.max_depth, path, 'max_depth'),
      // Written even where they are PBS's defaults: who owns the copies, and whether deletions spread, must be seen.
      property(
        'owner',
        flow.owner?.spec.id ?? 'root@pam',
        given(spec.owner, 'owner'),
        ...(flow.owner ? [flow.owner.path] : []),
      ),
      property(
        'remove-vanished',
        spec.propagate_deletions ?? false,
        given(spec.propagate_deletions, 'propagate_deletions'),
      ),
      // PBS has no switch for sync jobs: without a schedule it starts none itself.
      propertyAt(
        'schedule',
        spec.disabled === true || byUnit ? undefined : spec.schedule && scheduleText(spec.schedule),
        path,
        'schedule',
      ),
      ...(spec.groups ?? []).map((text, index) =>
        property('group-filter', groupFilterText(text), [...at('groups'), index]),
      ),
      direction === 'local' ? [] : rateProperties(spec.rates, at('rates')),
      propertyAt('transfer-last', spec.transfer_last, path, 'transfer_last'),
      propertyAt('encrypted-only', spec.encrypted_only || undefined, path, 'encrypted_only'),
      propertyAt('verified-only', spec.verified_only || undefined, path, 'verified_only'),
      propertyAt('resync-corrupt', spec.resync_corrupt || undefined, path, 'resync_corrupt'),
      propertyAt('run-on-mount', spec.run_on_mount || undefined, path, 'run_on_mount'),
      propertyAt('unmount-on-done', spec.unmount_on_done || undefined, path, 'unmount_on_done'),
      propertyAt('worker-threads', spec.worker_threads, path, 'worker_threads'),
      propertyAt('sync-direction', direction === 'push' ? 'push' : undefined, path, 'direction'),
      propertyAt('comment', spec.comment, path, 'comment'),
      native.lines,
    ],
  );
  return { section: made, diagnostics: native.diagnostics };
}

/** `store` is always the local one: the target of a pull and of a local sync, the source of a push. */
function places({ direction, from, to, remote, spec, path }: SyncFlow): readonly Property[] {
  const [near, far] = direction === 'push' ? [from, to] : [to, from];
  return [
    ...property('store', near.datastore.name, near.path, near.datastore.path),
    ...property('ns', near.namespace || undefined, near.path),
    ...propertyAt('remote', remote, path, spec.remote === undefined ? 'account' : 'remote'),
    ...property('remote-store', far.datastore.name, far.path, far.datastore.path),
    ...property('remote-ns', far.namespace || undefined, far.path),
  ];
}
