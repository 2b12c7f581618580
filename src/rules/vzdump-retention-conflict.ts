import { archivesOf, keepOfFlow, keptArchives } from '../analyses/retention-archives.ts';
import { keepText, keepTotal } from '../analyses/retention-keep.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { VzdumpFlow } from '../model/topology.ts';
import type { Rule } from './rule.ts';

/** Share of its life alone below which an archive is said to be pruned by another job. */
const SHORTENED = 0.9;

export const vzdumpRetentionConflict: Rule = {
  id: 'vzdump-retention-conflict',
  severity: 'warning',
  summary: 'Two vzdump jobs back up the same guests to one directory and prune by different rules.',
  why: 'After each backup PVE prunes all archives of the guest in that directory, whoever wrote them: the tighter job deletes those of the other.',
  fix: 'Give both the same retention, which says all that is to be kept, or a storage of its own to each.',
  example: {
    bad: 'weekly: { to: nas, schedule: "sun 02:00", retention: { keep_last: 4 }, … }\nmonthly: { to: nas, schedule: "*-*-01 02:00", retention: { keep_last: 6 }, … }',
    good: 'nas: { retention: { keep_weekly: 4, keep_monthly: 6 }, … } # and none at the flows',
  },
  *check(facts) {
    for (const { share, flows } of archivesOf(facts.topology)) {
      const texts = new Set(flows.map(flow => keepText(keepOfFlow(flow) ?? {})));
      const together = texts.size < 2 ? undefined : keptArchives(facts, flows);
      if (together === undefined) continue;
      for (const [index, flow] of flows.entries()) {
        const life = together.longest[index] ?? 0;
        const alone = keptArchives(facts, [flow])?.longest[0];
        const by = tightest(flows, flow);
        if (by === undefined || (alone !== undefined && life >= SHORTENED * alone)) continue;
        const keep = keepOfFlow(flow);
        const wanted = alone === undefined ? 'for ever' : `for ${Math.round(alone)}`;
        yield {
          message: `\`${by.key}\` (${keepText(keepOfFlow(by) ?? {})}) also prunes the archives of \`${flow.key}\` (${keep === undefined ? 'keeps everything' : keepText(keep)}) in \`${share.key}\`: they live ${Math.round(life)} days at most, where its own rules keep them ${wanted}; ${together.count} archives of a guest are left in all`,
          place: retentionOf(flow),
          related: [{ message: 'the other retention', place: retentionOf(by) }],
          help: help(flows),
        };
      }
    }
  },
};

/** The job with the fewest to keep, of the others. */
function tightest(flows: readonly VzdumpFlow[], flow: VzdumpFlow): VzdumpFlow | undefined {
  const others = flows.filter(other => other !== flow && keepOfFlow(other) !== undefined);
  const count = (other: VzdumpFlow) => keepTotal(keepOfFlow(other) ?? {});
  return others.toSorted((a, b) => count(a) - count(b))[0];
}

function retentionOf({ spec, path, to }: VzdumpFlow) {
  if (spec.retention !== undefined) return atKey([...path, 'retention']);
  return atKey(to.spec.retention === undefined ? path : [...to.path, 'retention']);
}

const help = (flows: readonly VzdumpFlow[]): string =>
  `give ${flows.length === 2 ? 'both' : 'all'} the same retention, for example \`keep_weekly: 4, keep_monthly: 6\`, or each a directory of its own`;
