/** One `datastore:` section. Keys and defaults: `pbs-api-types/src/datastore.rs`. */
import { atValue, type Diagnostic, type TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Datastore } from '../../model/topology.ts';
import { checkPbsProperty } from '../../proxmox/check-property.ts';
import { pbsProperty, pbsSection } from '../../proxmox/pbs-files.ts';
import { printPropertyString } from '../../proxmox/property-string.ts';
import type { Version } from '../../proxmox/version.ts';
import { nativeProperties } from '../native-properties.ts';
import { isTooOld } from '../pbs-hosts.ts';
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
  const tuned = tuning(store, version);
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
        spec.notification_mode ?? (isTooOld(store.host) ? undefined : 'notification-system'),
        given(spec.notification_mode, 'notification_mode'),
      ),
      propertyAt('maintenance-mode', spec.maintenance, path, 'maintenance'),
      tuned.lines,
      location(store),
      native.lines,
    ],
  );
  return { section: made, diagnostics: [...tuned.diagnostics, ...native.diagnostics] };
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

type Tuning = NonNullable<Datastore['spec']['tuning']>;

/** In byte order of the native names, as the web interface writes them. */
const TUNING: readonly (readonly [native: string, own: keyof Tuning])[] = [
  ['chunk-order', 'chunk_order'],
  ['default-verification-readers', 'default_verification_readers'],
  ['default-verification-workers', 'default_verification_workers'],
  ['gc-atime-cutoff', 'gc_atime_cutoff'],
  ['gc-atime-safety-check', 'gc_atime_safety_check'],
  ['gc-cache-capacity', 'gc_cache_capacity'],
  ['sync-level', 'sync_level'],
];

/** Each option is judged by itself, and what is refused left out: the line would only say it again, less clearly. */
function tuning({ spec: { tuning: options }, path }: Datastore, version: Version) {
  const table = pbsSection('datastore.cfg', 'datastore');
  const known = table && pbsProperty(table, 'tuning')?.propertyString?.properties;
  const entries: { readonly key: string; readonly value: string }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [key, own] of options === undefined ? [] : TUNING) {
    const given = options?.[own];
    if (table === undefined || given === undefined) continue;
    const value = own === 'gc_atime_cutoff' ? wholeUnits(String(given), 60) : String(given);
    const found = checkPbsProperty('datastore.cfg', 'datastore', table, key, known?.[key], value, version);
    if (found === undefined) entries.push({ key, value });
    else diagnostics.push({ ...found, severity: 'error', place: atValue([...path, 'tuning', own]) });
  }
  const text = printPropertyString(entries);
  return { lines: property('tuning', text === '' ? undefined : text, [...path, 'tuning']), diagnostics };
}
