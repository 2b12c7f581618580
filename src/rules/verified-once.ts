import {
  placePath,
  placeText,
  pruneScopes,
  scopesReaching,
  verificationsOf,
} from '../analyses/prune-scopes.ts';
import type { Keep, KeepRule } from '../analyses/retention-keep.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Datastore } from '../model/topology.ts';
import { push } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const verifiedOnce: Rule = {
  id: 'verified-once',
  needsAll: true,
  severity: 'warning',
  summary: 'A verification job looks at each backup once, and never again while it is kept.',
  why: 'By default the job passes over what it has verified before. Disks lose what they held later, too: the manual of PBS asks to verify everything at least once a month.',
  fix: 'Set `outdated_after` of the job: what was verified longer ago is verified again.',
  example: {
    bad: 'main: { verify: { schedule: "sun 06:00" }, retention: { keep_monthly: 12, … }, … }',
    good: 'main: { verify: { schedule: "sun 06:00", outdated_after: 30d }, … }',
  },
  *check({ retentions }) {
    for (const [datastore, places] of retentions.inflow) {
      if (!datastore.host.managed || isPaidFor(datastore)) continue;
      const scopes = pruneScopes(datastore);
      const byJob = new Map<string, string[]>();
      for (const namespace of places.keys()) {
        const jobs = verificationsOf(datastore, namespace);
        const [nearest] = jobs;
        if (nearest === undefined || jobs.some(({ verify }) => looksAgain(verify))) continue;
        const [scope] = scopesReaching(scopes, namespace);
        if (scope?.keep === undefined || daysOf(scope.keep) > MONTH)
          push(byJob, nearest.namespace, namespace);
      }
      for (const [job, namespaces] of byJob)
        yield {
          message: `each backup in ${listText(namespaces.sort().map(name => placeText(datastore, name)))} is verified once: the job passes over what it has verified, and nothing makes it look again`,
          place: atKey([...placePath(datastore, job), 'verify']),
          help: 'set `outdated_after: 30d` of the verification',
        };
    }
  },
};

/** Reading everything again from a provider may cost more than it is worth. */
const isPaidFor = ({ backing }: Datastore): boolean =>
  backing.kind === 's3' && backing.bucket.host === undefined;

const looksAgain = (verify: {
  readonly ignore_verified?: boolean;
  readonly outdated_after?: string;
}): boolean => verify.ignore_verified === false || verify.outdated_after !== undefined;

/** Days. */
const MONTH = 31;
const DAYS: Readonly<Record<KeepRule, number>> = {
  keep_last: 1,
  keep_hourly: 1 / 24,
  keep_daily: 1,
  keep_weekly: 7,
  keep_monthly: 31,
  keep_yearly: 366,
};

/** How long the oldest is kept where a backup is made every day: the rules add up. */
const daysOf = (keep: Keep): number =>
  Object.entries(keep).reduce((sum, [rule, count]) => sum + DAYS[rule as KeepRule] * count, 0);
