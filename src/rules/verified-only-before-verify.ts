import type { Facts } from '../analyses/facts.ts';
import { mappedNamespace } from '../analyses/namespaces.ts';
import { isVerified, placeText, verifyingNamespace } from '../analyses/prune-scopes.ts';
import type { FlowJob, UpkeepJob } from '../analyses/schedule-jobs.ts';
import { isLive } from '../analyses/schedule-jobs.ts';
import { lagsOf } from '../analyses/schedule-order.ts';
import { listText } from '../analyses/schedule-text.ts';
import { withAncestors } from '../analyses/writers.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Datastore, SyncFlow } from '../model/topology.ts';
import { push } from '../multimap.ts';
import { memo } from '../once.ts';
import type { Rule } from './rule.ts';

export const verifiedOnlyBeforeVerify: Rule = {
  id: 'verified-only-before-verify',
  severity: 'warning',
  summary:
    'A sync copies only what is verified, and runs before the verification, more often, or without one.',
  why: 'A backup without a verification is passed over: it is copied a cycle later, or never.',
  fix: 'Verify between the backup and the sync, or set `verify_new` on the source.',
  example: {
    bad: 'main: { verify: { schedule: "06:00" }, … }\ncopy: { from: main, verified_only: true, schedule: "05:00", … }',
    good: 'main: { verify: { schedule: "03:00" }, … }\ncopy: { from: main, verified_only: true, schedule: "05:00", … }',
  },
  *check(facts) {
    const filled = memo((datastore: Datastore) => filledBelow(facts, datastore));
    for (const flow of facts.topology.flows.values()) {
      if (flow.kind !== 'sync' || flow.spec.verified_only !== true || !isLive(flow)) continue;
      const { datastore } = flow.from;
      const place = atKey([...flow.path, 'verified_only']);
      const copied = copiedBy(flow, filled(datastore));
      const open = copied.filter(namespace => !isVerified(datastore, namespace));
      if (open.length > 0) {
        if (!datastore.host.managed) continue;
        const isAll = open.length === copied.length;
        const source = listText(open.map(namespace => placeText(datastore, namespace)));
        yield {
          ...(isAll && { severity: 'error' }),
          message: `\`${flow.key}\` copies only verified backups, and nothing verifies those of ${source}: it copies ${isAll ? 'nothing' : 'none of them'}`,
          place,
          related: [{ message: 'the source', place: atKey(datastore.path) }],
          help: `give \`${datastore.key}\` a \`verify\` job or \`verify_new\``,
        };
        continue;
      }
      const late = firstLate(facts, flow, copied);
      if (late === undefined) continue;
      const { sync, verify, origin, namespace, runs, of } = late;
      const source = placeText(datastore, namespace);
      const effect =
        runs === of ? 'it is copied a cycle later' : `${runs} of ${of} runs in a year find nothing new`;
      yield {
        message: `\`${flow.key}\` (\`${sync.text}\`) copies only verified backups, and what ${origin.name} (\`${origin.text}\`) writes to ${source} is verified after it (\`${verify.text}\`): ${effect}`,
        place,
        related: [{ message: 'the verification', place: atValue(verify.path) }],
        help:
          runs === of
            ? 'verify between the backup and the sync'
            : `verify each time between the backup and the sync, or set \`verify_new\` at \`${datastore.key}\``,
      };
    }
  },
};

/** Namespaces that something fills, by each that they are in or below. */
function filledBelow({ retentions }: Facts, datastore: Datastore): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, string[]>();
  for (const namespace of retentions.inflow.get(datastore)?.keys() ?? [])
    for (const ancestor of withAncestors(namespace)) push(below, ancestor, namespace);
  return below;
}

/** Where nothing is declared to fill what it copies, the namespace that it names. */
function copiedBy(flow: SyncFlow, filled: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const { namespace } = flow.from;
  const copied = filled.get(namespace)?.filter(one => mappedNamespace(flow, one) !== undefined) ?? [];
  return copied.length > 0 ? copied : [namespace];
}

interface Late {
  readonly sync: FlowJob;
  readonly verify: UpkeepJob;
  readonly origin: FlowJob;
  readonly namespace: string;
  /** Runs of the sync at which the last backup is not verified yet, of all. */
  readonly runs: number;
  readonly of: number;
}

function firstLate(facts: Facts, flow: SyncFlow, namespaces: readonly string[]): Late | undefined {
  const sync = facts.schedule.flows.get(flow);
  if (sync === undefined || flow.from.datastore.spec.verify_new === true) return undefined;
  for (const namespace of namespaces) {
    const late = lateVerification(facts, sync, flow.from.datastore, namespace);
    if (late !== undefined) return late;
  }
  return undefined;
}

function lateVerification(
  { schedule, retentions }: Facts,
  sync: FlowJob,
  datastore: Datastore,
  namespace: string,
): Late | undefined {
  const of = verifyingNamespace(datastore, namespace);
  const verify = schedule.upkeep.get(datastore)?.find(job => job.kind === 'verify' && job.namespace === of);
  if (verify === undefined) return undefined;
  const verified = lagsOf(verify, sync);
  for (const { origin: maker } of retentions.inflow.get(datastore)?.get(namespace) ?? []) {
    const origin = maker && schedule.flows.get(maker);
    if (origin === undefined) continue;
    const since = new Map(lagsOf(origin, sync).map(lag => [lag.at, lag.since]));
    const runs = verified.filter(lag => (since.get(lag.at) ?? Infinity) < lag.since).length;
    // A verification that the sync overtakes now and then is none of these.
    if (runs * 2 > verified.length) return { sync, verify, origin, namespace, runs, of: verified.length };
  }
  return undefined;
}
