/**
 * `prune.cfg`: one job per place with finite retention. PBS's prune jobs take in all namespaces below unless told
 * otherwise, replicas included, so `max-depth` is always written.
 */
import { KEEP_RULES } from '../../analyses/retention-keep.ts';
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey } from '../../diagnostics/diagnostic.ts';
import type * as Spec from '../../model/spec.ts';
import type { Datastore, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import type { Change, Lowered } from '../lowering.ts';
import { datastoresOnHosts } from '../pbs-datastore/gone.ts';
import { withheldJobs } from '../pbs-datastore/waiting.ts';
import { isRendered } from '../pbs-hosts.ts';
import { scheduleText } from '../pbs-values.ts';
import { placeIds } from '../place-ids.ts';
import { sectionFiles } from '../section-files.ts';
import { property, propertyAt, type Section, section } from '../sections.ts';

interface Pruned {
  readonly datastore: Datastore;
  readonly namespace: string;
  readonly retention: Spec.DatastoreRetention;
  readonly path: TopologyPath;
}

export function lowerPbsPrune(topology: Topology): Lowered {
  const sections = new Map<Pruned['datastore']['host'], readonly Section[]>();
  const diagnostics: Diagnostic[] = [];
  const changes: Change[] = [];
  const used: [Datastore['host'], Datastore][] = [];
  for (const [host, places] of groupBy(prunedPlaces(topology), ({ datastore }) => datastore.host)) {
    const ids = placeIds(places.map(({ datastore, namespace }) => ({ store: datastore.name, namespace })));
    const jobs = places.map((place, index) => ({ place, id: ids[index] ?? '' }));
    const active = jobs.filter(({ place }) => place.datastore.state === 'active');
    diagnostics.push(...active.flatMap(({ place }) => noSchedule(place)));
    sections.set(
      host,
      active.map(({ place, id }) => jobSection(place, id)),
    );
    if (!isRendered(host)) continue;
    for (const { place } of active) used.push([host, place.datastore]);
    for (const { place, id } of jobs) {
      if (place.datastore.state !== 'retired') continue;
      changes.push({ target: host.key, verb: 'removes', kind: 'prune', name: id, causes: [place.path] });
    }
  }
  const withheld = withheldJobs(used, '/etc/proxmox-backup/prune.cfg');
  const file = { kind: 'pbs-prune', file: 'prune.cfg', phase: 'jobs', sections, withheld } as const;
  const files = sectionFiles(topology, file);
  return { ...files, changes, diagnostics: [...diagnostics, ...files.diagnostics] };
}

function prunedPlaces(topology: Topology): Pruned[] {
  return datastoresOnHosts(topology).flatMap(datastore => {
    const root = pruned(datastore, '', datastore.spec.retention, datastore.path);
    const below = [...datastore.namespaces.values()].flatMap(({ key, spec, path }) =>
      pruned(datastore, key, spec.retention, path),
    );
    return [...root, ...below];
  });
}

/** Keeping everything needs no job: one without a rule only warns at each run. */
function pruned(
  datastore: Datastore,
  namespace: string,
  retention: Spec.DatastoreRetention | undefined,
  path: TopologyPath,
): Pruned[] {
  if (retention === undefined || KEEP_RULES.every(rule => retention[rule] === undefined)) return [];
  return [{ datastore, namespace, retention, path: [...path, 'retention'] }];
}

const NATIVE_RULES = KEEP_RULES.map(rule => ({ rule, native: rule.replace('_', '-') }));

function jobSection({ datastore, namespace, retention, path }: Pruned, id: string): Section {
  const { schedule } = retention;
  const hasDepth = retention.max_depth !== undefined;
  return section(
    'prune',
    id,
    [path, datastore.path],
    [
      property('store', datastore.name, datastore.path),
      property('ns', namespace || undefined, path),
      property('max-depth', retention.max_depth ?? 0, hasDepth ? [...path, 'max_depth'] : path),
      propertyAt('schedule', schedule && scheduleText(schedule), path, 'schedule'),
      ...NATIVE_RULES.map(({ rule, native }) => propertyAt(native, retention[rule], path, rule)),
    ],
  );
}

const noSchedule = ({ retention, path }: Pruned): Diagnostic[] =>
  retention.schedule !== undefined
    ? []
    : [
        {
          code: 'retention-without-schedule',
          severity: 'error',
          message:
            'the retention of a datastore has no schedule, and a prune job cannot be written without one',
          place: atKey(path),
          help: 'add `schedule: "03:30"` (quoted), or `keep_all: true` if nothing shall be removed',
        },
      ];
