/** One `datastore:` section. Keys and defaults: `pbs-api-types/src/datastore.rs`. */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Datastore } from '../../model/topology.ts';
import { printPropertyString } from '../../proxmox/property-string.ts';
import type { Version } from '../../proxmox/version.ts';
import { nativeProperties } from '../native-properties.ts';
import { scheduleText, sizeText, wholeUnits } from '../pbs-values.ts';
import { type Property, property, propertyAt, type Section, section } from '../sections.ts';

/** Native names with a key of their own in the topology. */
const MODELLED = {
  path: 'path',
  comment: 'comment',
  'gc-schedule': 'gc.schedule',
  'gc-on-unmount': 'removable.gc_on_unmount',
  'verify-new': 'verify_new',
  'notification-mode': 'notification_mode',
  tuning: 'tuning',
  'maintenance-mode': 'maintenance',
  'backing-device': 'removable.uuid',
  backend: 's3',
} as const;

export function datastoreSection(
  store: Datastore,
  version: Version,
): { readonly section: Section; readonly diagnostics: readonly Diagnostic[] } {
  const { spec, path, name } = store;
  const at = (...keys: readonly string[]): TopologyPath => [...path, ...keys];
  const given = <T>(value: T | undefined, ...keys: readonly string[]) =>
    value === undefined ? path : at(...keys);
  const native = nativeProperties(spec.properties, at('properties'), {
    file: 'datastore.cfg',
    type: 'datastore',
    version,
    modelled: MODELLED,
  });
  const made = section(
    'datastore',
    name,
    [given(spec.name, 'name'), path],
    [
      propertyAt('comment', spec.comment, path, 'comment'),
      property('gc-schedule', spec.gc && scheduleText(spec.gc.schedule), at('gc', 'schedule')),
      property('gc-on-unmount', spec.removable?.gc_on_unmount || undefined, at('removable', 'gc_on_unmount')),
      propertyAt('verify-new', spec.verify_new || undefined, path, 'verify_new'),
      // The default changed between PBS 3 and 4.
      property(
        'notification-mode',
        spec.notification_mode ?? 'notification-system',
        given(spec.notification_mode, 'notification_mode'),
      ),
      propertyAt('maintenance-mode', spec.maintenance, path, 'maintenance'),
      tuning(store),
      location(store),
      native.lines,
    ],
  );
  return { section: made, diagnostics: native.diagnostics };
}

function location({ backing: on, spec, path, name }: Datastore): readonly Property[] {
  const own = propertyAt('path', spec.path, path, 'path');
  if (on.kind === 'removable') {
    // On the device: relative to its root.
    const relative = property('path', spec.path.replace(/^\/+/, ''), [...path, 'path']);
    return [...relative, ...property('backing-device', on.uuid, [...path, 'removable', 'uuid'])];
  }
  const backend = backendText({ backing: on, spec, name });
  return [
    ...own,
    ...property('backend', backend, [...path, 's3'], ...(on.kind === 's3' ? [on.bucket.path] : [])),
  ];
}

/** The `backend` of a datastore in a bucket, sub-keys in byte order; its endpoint has the name of the datastore. */
export function backendText({
  backing,
  spec,
  name,
}: Pick<Datastore, 'backing' | 'spec' | 'name'>): string | undefined {
  if (backing.kind !== 's3') return undefined;
  const cache = spec.s3?.max_cache_size;
  return printPropertyString([
    { key: 'bucket', value: backing.bucket.name },
    { key: 'client', value: name },
    ...(cache === undefined ? [] : [{ key: 'max-cache-size', value: sizeText(cache) }]),
    { key: 'type', value: 's3' },
  ]);
}

/** Sub-keys in byte order, as the web interface writes them. */
function tuning({ spec: { tuning: options }, path }: Datastore): readonly Property[] {
  if (options === undefined) return [];
  const cutoff = options.gc_atime_cutoff;
  const entries = {
    'chunk-order': options.chunk_order,
    'default-verification-readers': options.default_verification_readers,
    'default-verification-workers': options.default_verification_workers,
    'gc-atime-cutoff': cutoff && wholeUnits(cutoff, 60),
    'gc-atime-safety-check': options.gc_atime_safety_check,
    'gc-cache-capacity': options.gc_cache_capacity,
    'sync-level': options.sync_level,
  };
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  const text = printPropertyString(given.map(([key, value]) => ({ key, value: String(value) })));
  return property('tuning', text === '' ? undefined : text, [...path, 'tuning']);
}
