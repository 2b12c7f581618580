import type { Facts } from '../analyses/facts.ts';
import { mappedNamespace } from '../analyses/namespaces.ts';
import { placePath, placeText, scopesReaching } from '../analyses/prune-scopes.ts';
import { archivesOf, keptArchives } from '../analyses/retention-archives.ts';
import type { Keep } from '../analyses/retention-keep.ts';
import { type Kept, pointsText } from '../analyses/retention-observed.ts';
import { periodsLost } from '../analyses/retention-replicas.ts';
import type { FlowJob } from '../analyses/schedule-jobs.ts';
import { gapsOf } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { SyncFlow } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

/** A share of the days below which it is a matter of a few nights. */
const RARELY = 0.02;

export const prunedBeforeReplicated: Rule = {
  id: 'pruned-before-replicated',
  severity: 'warning',
  summary: 'Backups are pruned at the source before a copy of them is made.',
  why: 'They are in no copy, however long the copy is kept: a sync does not go back for what it has missed.',
  fix: 'Copy more often than the source prunes, or keep more at the source.',
  example: {
    bad: 'main: { retention: { keep_last: 3, schedule: "03:30" }, … } # a backup a day\ncopy: { from: main, schedule: "sun 05:00", … }',
    good: 'copy: { from: main, schedule: "05:00", … }',
  },
  *check(facts) {
    const archives = groupBy(archivesOf(facts.topology), ({ share }) => share);
    for (const job of facts.schedule.flows.values()) {
      const { flow } = job;
      if (flow.kind === 'sync' && isFilled(facts, flow)) yield* ofSync(facts, job, flow);
      if (flow.kind !== 'rsync' && flow.kind !== 'rclone') continue;
      const { share } = flow.from;
      for (const group of archives.get(share) ?? []) {
        const kept = keptArchives(facts, group.flows);
        const path = group.flows[0]?.path ?? share.path;
        const found =
          kept &&
          judge(facts, job, {
            kept,
            zone: share.host.timezone,
            target: undefined,
            name: `\`${share.key}\``,
            path,
          });
        if (found === undefined) continue;
        yield found;
        break;
      }
    }
  },
};

const isFilled = ({ retentions }: Facts, { from }: SyncFlow): boolean =>
  retentions.inflow.has(from.datastore);

function* ofSync(facts: Facts, job: FlowJob, flow: SyncFlow): Iterable<Finding> {
  const { datastore } = flow.from;
  const gap = gapsOf(job)?.[1] ?? Number.POSITIVE_INFINITY;
  for (const namespace of facts.retentions.inflow.get(datastore)?.keys() ?? []) {
    const mapped = mappedNamespace(flow, namespace);
    if (mapped === undefined) continue;
    const groups = facts.retentions.keptIn(datastore, namespace);
    if (groups.every(({ bounds }) => gap <= bounds.life)) continue;
    const late = groups.filter(({ bounds }) => gap > bounds.life);
    const target = scopesReaching(facts.retentions.scopes(flow.to.datastore), mapped)[0]?.keep;
    const [scope] = scopesReaching(facts.retentions.scopes(datastore), namespace);
    const path = scope?.path ?? placePath(datastore, namespace);
    const name = placeText(datastore, namespace);
    for (const group of late) {
      const zone = datastore.host.timezone;
      const { kept } = group;
      const found = kept && judge(facts, job, { kept, zone, target, name, path });
      if (found === undefined) continue;
      yield found;
      return;
    }
  }
}

interface Source {
  readonly kept: Kept;
  readonly zone: string;
  /** What the place of the copy keeps; undefined: everything. */
  readonly target: Keep | undefined;
  readonly name: string;
  readonly path: TopologyPath;
}

function judge(facts: Facts, job: FlowJob, { kept, zone, target, name, path }: Source): Finding | undefined {
  const gap = gapsOf(job)?.[1];
  if (gap !== undefined && gap <= kept.shortest) return undefined;
  const copies = facts.retentions.stream(job, zone, { makes: false, keep: undefined });
  const { lost, all, unit } = periodsLost(kept, copies, target);
  if (lost <= RARELY * all) return undefined;
  const every = gap === undefined ? '' : ` every ${spanText(gap)}`;
  return {
    message: `${job.name} copies${every}, and ${name} keeps ${pointsText(kept)}: ${lost} of ${all} ${unit} with backups are pruned before they are copied`,
    place: atValue(job.path),
    related: [{ message: 'what the source keeps', place: atKey(path) }],
    help: 'copy more often, or keep more at the source',
  };
}
