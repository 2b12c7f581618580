import type { Facts } from '../analyses/facts.ts';
import { isVerified, placeText, verifyingNamespace } from '../analyses/prune-scopes.ts';
import type { FlowJob, UpkeepJob } from '../analyses/schedule-jobs.ts';
import { isLive } from '../analyses/schedule-jobs.ts';
import { lagsOf } from '../analyses/schedule-order.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { SyncFlow } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const verifiedOnlyBeforeVerify: Rule = {
  id: 'verified-only-before-verify',
  severity: 'warning',
  summary: 'A sync copies only what is verified, and runs before the verification or without one.',
  why: 'A backup without a verification is passed over: it is copied a cycle later, or never.',
  fix: 'Verify between the backup and the sync, or set `verify_new` on the source.',
  example: {
    bad: 'main: { verify: { schedule: "06:00" }, … }\ncopy: { from: main, verified_only: true, schedule: "05:00", … }',
    good: 'main: { verify: { schedule: "03:00" }, … }\ncopy: { from: main, verified_only: true, schedule: "05:00", … }',
  },
  *check(facts) {
    for (const flow of facts.topology.flows.values()) {
      if (flow.kind !== 'sync' || flow.spec.verified_only !== true || !isLive(flow)) continue;
      const { datastore, namespace } = flow.from;
      const place = atKey([...flow.path, 'verified_only']);
      const source = placeText(datastore, namespace);
      if (!isVerified(datastore, namespace)) {
        if (!datastore.host.managed) continue;
        const help = `give \`${datastore.key}\` a \`verify\` job or \`verify_new\``;
        const message = `\`${flow.key}\` copies only verified backups, and nothing verifies those of ${source}: it copies nothing`;
        yield {
          severity: 'error',
          message,
          place,
          related: [{ message: 'the source', place: atKey(datastore.path) }],
          help,
        };
        continue;
      }
      const late = lateVerification(facts, flow);
      if (late === undefined) continue;
      yield {
        message: `\`${flow.key}\` (\`${late.sync.text}\`) copies only verified backups, and what ${late.origin.name} (\`${late.origin.text}\`) writes to ${source} is verified after it (\`${late.verify.text}\`): it is copied a cycle later`,
        place,
        related: [{ message: 'the verification', place: atValue(late.verify.path) }],
        help: 'verify between the backup and the sync',
      };
    }
  },
};

interface Late {
  readonly sync: FlowJob;
  readonly verify: UpkeepJob;
  readonly origin: FlowJob;
}

function lateVerification({ schedule, retentions }: Facts, flow: SyncFlow): Late | undefined {
  const { datastore, namespace } = flow.from;
  const sync = schedule.flows.get(flow);
  const of = datastore.spec.verify_new === true ? undefined : verifyingNamespace(datastore, namespace);
  const verify = schedule.upkeep.get(datastore)?.find(job => job.kind === 'verify' && job.namespace === of);
  if (sync === undefined || verify === undefined) return undefined;
  const verified = lagsOf(verify, sync);
  for (const { origin: maker } of retentions.inflow.get(datastore)?.get(namespace) ?? []) {
    const origin = maker && schedule.flows.get(maker);
    if (origin === undefined) continue;
    const since = new Map(lagsOf(origin, sync).map(lag => [lag.at, lag.since]));
    // Each time, the last backup is newer than the last verification.
    if (verified.length > 0 && verified.every(lag => (since.get(lag.at) ?? Infinity) < lag.since))
      return { sync, verify, origin };
  }
  return undefined;
}
