import type { Facts } from '../analyses/facts.ts';
import { placePath, placeText, verificationsOf } from '../analyses/prune-scopes.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Datastore } from '../model/topology.ts';
import { minutesOf, requirement } from './require.ts';
import { longestGap } from './require-gap.ts';

export const policyVerifyEvery = requirement({
  id: 'policy-verify-every',
  requirement: 'verify_every',
  needsAll: true,
  summary:
    'The policy requires that backups are verified again and again, and those in a datastore are verified less often.',
  why: 'Chunks decay where they lie. What was sound when it came must be read again to know that it still is.',
  fix: 'Give the verification job a schedule and `outdated_after`: both together are the longest time until a backup is verified again. Or grant an exception.',
  example: {
    bad: 'policy: { require: { verify_every: 30d } }\ndatastores: { main: { verify: { schedule: "sun 06:00", outdated_after: 30d }, … } } # up to 37 days',
    good: 'datastores: { main: { verify: { schedule: "sun 06:00", outdated_after: 22d }, … } }',
  },
  *find(facts, wanted) {
    const most = minutesOf(wanted);
    if (most === undefined) return;
    for (const [datastore, places] of facts.retentions.inflow) {
      for (const namespace of places.keys()) {
        const time = verifiedEvery(facts, datastore, namespace);
        if (time !== undefined && time <= most) continue;
        const name = placeText(datastore, namespace);
        yield {
          message:
            time === undefined
              ? `no job verifies ${name} at times that are known, and the policy requires it every ${wanted}`
              : time === Number.POSITIVE_INFINITY
                ? `each backup in ${name} is verified only once, and the policy requires it every ${wanted}`
                : `up to ${spanText(time)} pass until a backup in ${name} is verified again, and the policy allows ${wanted}`,
          place: atKey(placePath(datastore, namespace)),
          help:
            time === undefined
              ? 'add a `verify` job that reaches it, with `schedule` and `outdated_after`'
              : time === Number.POSITIVE_INFINITY
                ? 'set `outdated_after` of the verification job'
                : '`outdated_after` and the time between two runs of the verification job must not be longer together',
        };
      }
    }
  },
});

/** Minutes; infinite: once and not again; undefined: by no job, or it is not known when. */
function verifiedEvery({ schedule }: Facts, datastore: Datastore, namespace: string): number | undefined {
  const times: number[] = datastore.spec.verify_new === true ? [Number.POSITIVE_INFINITY] : [];
  const reaching = new Map(verificationsOf(datastore, namespace).map(one => [one.namespace, one.verify]));
  for (const job of schedule.upkeep.get(datastore) ?? []) {
    const verify = reaching.get(job.namespace);
    if (job.kind !== 'verify' || verify === undefined) continue;
    const gap = longestGap([job]);
    if (gap !== undefined) times.push(gap + outdatedAfter(verify));
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Minutes for which a job passes over what it has verified. */
function outdatedAfter({ ignore_verified, outdated_after }: Spec.Verification): number {
  if (ignore_verified === false) return 0;
  return (outdated_after === undefined ? undefined : minutesOf(outdated_after)) ?? Number.POSITIVE_INFINITY;
}
