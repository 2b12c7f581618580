/** `verification.cfg`: one job per place that declares one. Without a schedule it is run by hand. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type * as Spec from '../../model/spec.ts';
import type { Datastore, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import type { Change, Lowered } from '../lowering.ts';
import { datastoresOnHosts } from '../pbs-datastore/gone.ts';
import { withheldJobs } from '../pbs-datastore/waiting.ts';
import { isRendered } from '../pbs-hosts.ts';
import { scheduleText, wholeUnits } from '../pbs-values.ts';
import { placeIds } from '../place-ids.ts';
import { sectionFiles } from '../section-files.ts';
import { property, propertyAt, type Section, section } from '../sections.ts';

interface Verified {
  readonly datastore: Datastore;
  readonly namespace: string;
  readonly verify: Spec.Verification;
  readonly path: TopologyPath;
}

const SECONDS_PER_DAY = 86_400;

export function lowerPbsVerification(topology: Topology): Lowered {
  const sections = new Map<Datastore['host'], readonly Section[]>();
  const changes: Change[] = [];
  const used: [Datastore['host'], Datastore][] = [];
  for (const [host, places] of groupBy(verifiedPlaces(topology), ({ datastore }) => datastore.host)) {
    const ids = placeIds(places.map(({ datastore, namespace }) => ({ store: datastore.name, namespace })));
    const jobs = places.map((place, index) => ({ place, id: ids[index] ?? '' }));
    const active = jobs.filter(({ place }) => place.datastore.state === 'active');
    sections.set(
      host,
      active.map(({ place, id }) => jobSection(place, id)),
    );
    if (!isRendered(host)) continue;
    for (const { place } of active) used.push([host, place.datastore]);
    for (const { place, id } of jobs) {
      if (place.datastore.state !== 'retired') continue;
      changes.push({
        target: host.key,
        verb: 'removes',
        kind: 'verification',
        name: id,
        causes: [place.path],
      });
    }
  }
  const withheld = withheldJobs(used, '/etc/proxmox-backup/verification.cfg');
  const file = {
    kind: 'pbs-verification',
    file: 'verification.cfg',
    phase: 'jobs',
    sections,
    withheld,
  } as const;
  return { ...sectionFiles(topology, file), changes };
}

function verifiedPlaces(topology: Topology): Verified[] {
  return datastoresOnHosts(topology).flatMap(datastore => {
    const all = [{ key: '', spec: datastore.spec, path: datastore.path }, ...datastore.namespaces.values()];
    return all.flatMap(({ key, spec: { verify }, path }) =>
      verify === undefined ? [] : [{ datastore, namespace: key, verify, path: [...path, 'verify'] }],
    );
  });
}

function jobSection({ datastore, namespace, verify, path }: Verified, id: string): Section {
  const { schedule, outdated_after: outdated } = verify;
  return section(
    'verification',
    id,
    [path, datastore.path],
    [
      property('store', datastore.name, datastore.path),
      property('ns', namespace || undefined, path),
      propertyAt('max-depth', verify.max_depth, path, 'max_depth'),
      propertyAt('schedule', schedule && scheduleText(schedule), path, 'schedule'),
      propertyAt('ignore-verified', verify.ignore_verified, path, 'ignore_verified'),
      propertyAt('outdated-after', outdated && wholeUnits(outdated, SECONDS_PER_DAY), path, 'outdated_after'),
      propertyAt('read-threads', verify.read_threads, path, 'read_threads'),
      propertyAt('verify-threads', verify.verify_threads, path, 'verify_threads'),
      propertyAt('comment', verify.comment, path, 'comment'),
    ],
  );
}
