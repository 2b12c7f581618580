import { placeText, scopesReaching } from '../analyses/prune-scopes.ts';
import { archivesOf, keptArchives } from '../analyses/retention-archives.ts';
import { isLive } from '../analyses/schedule-jobs.ts';
import { atKey, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Bucket } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const retentionShorterThanBilling: Rule = {
  id: 'retention-shorter-than-billing',
  severity: 'warning',
  summary: 'Backups are removed from a bucket sooner than the provider stops to bill them.',
  why: 'The provider bills each object for a minimum time. What is removed sooner costs as much as if it were kept, and cannot be restored.',
  fix: 'Keep as long as is billed.',
  example: {
    bad: 'cloud: { s3: { bucket: wasabi, … }, retention: { keep_daily: 30, … } } # billed for 90 days',
    good: 'cloud: { s3: { bucket: wasabi, … }, retention: { keep_daily: 90, … } }',
  },
  *check(facts) {
    const { retentions, topology } = facts;
    for (const [datastore, places] of retentions.inflow) {
      const { backing } = datastore;
      if (backing.kind !== 's3') continue;
      for (const namespace of places.keys()) {
        const groups = retentions.keptIn(datastore, namespace);
        if (groups.every(({ bounds }) => isLongEnough(backing.bucket, bounds.days))) continue;
        const longest = groups.flatMap(({ kept }) => kept?.days ?? []);
        const [scope] = scopesReaching(retentions.scopes(datastore), namespace);
        const name = placeText(datastore, namespace);
        if (scope === undefined) continue;
        yield* judge(backing.bucket, Math.max(0, ...longest), name, scope.path);
      }
    }
    const archives = groupBy(archivesOf(topology), ({ share }) => share);
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'rclone' || flow.spec.propagate_deletions !== true || !isLive(flow)) continue;
      const groups = archives.get(flow.from.share) ?? [];
      const longest = groups.map(({ flows }) => keptArchives(facts, flows)?.days);
      if (longest.length === 0 || longest.includes(undefined)) continue;
      const days = Math.max(...longest.filter(value => value !== undefined));
      yield* judge(flow.to.bucket, days, `\`${flow.from.share.key}\``, [...flow.path, 'propagate_deletions']);
    }
  },
};

/** A day is lost in the hours between prune and garbage collection, not between the two numbers. */
const isLongEnough = ({ minimumBilledDays }: Bucket, days: number): boolean => days > minimumBilledDays - 1;

function* judge(bucket: Bucket, days: number, name: string, path: TopologyPath): Iterable<Finding> {
  const billed = bucket.minimumBilledDays;
  if (days === 0 || isLongEnough(bucket, days)) return;
  yield {
    message: `${name} keeps backups for ${Math.round(days)} days, and every object in bucket \`${bucket.key}\` is billed for ${billed}`,
    place: atKey(path),
    related: [{ message: 'the bucket', place: atKey(bucket.path) }],
    help: `keep them for ${billed} days: it costs the same`,
  };
}
