import type { Facts } from '../analyses/facts.ts';
import { placeText, scopesReaching } from '../analyses/prune-scopes.ts';
import { archivesOf, keepOfFlow, keptArchives } from '../analyses/retention-archives.ts';
import type { Maker } from '../analyses/retention-groups.ts';
import { KEEP_RULES, type Keep, type KeepRule, keepText } from '../analyses/retention-keep.ts';
import { type Kept, pointsText } from '../analyses/retention-observed.ts';
import { meanGap } from '../analyses/schedule-order.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atKey, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Finding, Rule } from './rule.ts';

export const retentionSurprise: Rule = {
  id: 'retention-surprise',
  severity: 'warning',
  summary: 'A retention keeps backups for much longer than its rules suggest.',
  why: 'The rules add up, and a rule counts only periods that have a backup: with one backup a day, 24 hours of `keep_hourly` are 24 days. The store needs the room for them.',
  fix: 'Leave out rules that are finer than the schedule of the backups, or use `keep_last`.',
  example: {
    bad: 'retention: { keep_hourly: 24, keep_daily: 7, schedule: "03:30" } # one backup a day: 31 days',
    good: 'retention: { keep_daily: 7, schedule: "03:30" }',
  },
  *check(facts) {
    yield* ofDatastores(facts);
    for (const { share, flows } of archivesOf(facts.topology)) {
      const [flow] = flows;
      const keep = flow && keepOfFlow(flow);
      const same = flows.every(other => keepText(keepOfFlow(other) ?? {}) === keepText(keep ?? {}));
      if (flow === undefined || keep === undefined || !same) continue;
      const path = flow.spec.retention === undefined ? flow.to.path : flow.path;
      yield* judge(facts, {
        kept: () => keptArchives(facts, flows),
        keep,
        makers: flows,
        path: [...path, 'retention'],
        place: `\`${share.key}\``,
      });
    }
  },
};

function* ofDatastores(facts: Facts): Iterable<Finding> {
  const { retentions } = facts;
  for (const [datastore, places] of retentions.inflow) {
    for (const [namespace, feeds] of places) {
      const [scope, ...others] = scopesReaching(retentions.scopes(datastore), namespace);
      // Of several retentions, which one surprises is for another rule.
      if (scope?.keep === undefined || others.length > 0) continue;
      if (!feeds.some(({ origin }) => origin !== undefined && isCoarser(facts, origin, scope.keep!)))
        continue;
      for (const group of retentions.keptIn(datastore, namespace)) {
        const place = placeText(datastore, namespace);
        const { makers } = group;
        const kept = () => group.kept;
        const found = [...judge(facts, { kept, keep: scope.keep, makers, path: scope.path, place })];
        yield* found;
        if (found.length > 0) break;
      }
    }
  }
}

/** Whether some rule is finer than the schedule of a flow: where none is, no group of flows has a surprise. */
function isCoarser({ schedule }: Facts, flow: Maker, keep: Keep): boolean {
  const job = schedule.flows.get(flow);
  const gap = (job && meanGap(job)) ?? 0;
  return KEEP_RULES.some(rule => keep[rule] !== undefined && isFiner(rule, gap));
}

const isFiner = (rule: KeepRule, gap: number): boolean => (MINUTES[rule] ?? gap) < gap / FINER;

const MINUTES: Readonly<Partial<Record<KeepRule, number>>> = {
  keep_hourly: 60,
  keep_daily: 1440,
  keep_weekly: 7 * 1440,
  keep_monthly: 31 * 1440,
  keep_yearly: 366 * 1440,
};
const WORDS: Readonly<Partial<Record<KeepRule, string>>> = {
  keep_hourly: 'hours',
  keep_daily: 'days',
  keep_weekly: 'weeks',
  keep_monthly: 'months',
  keep_yearly: 'years',
};

interface Judged {
  /** Asked only where the rules do not fit the schedule. */
  readonly kept: () => Kept | undefined;
  readonly keep: Keep;
  readonly makers: readonly Maker[];
  readonly path: TopologyPath;
  /** For people, quoted. */
  readonly place: string;
}

function* judge({ schedule }: Facts, judged: Judged): Iterable<Finding> {
  const { keep, makers, path, place } = judged;
  // The most frequent one sets the pace.
  const jobs = makers.flatMap(flow => schedule.flows.get(flow) ?? []);
  // A schedule that cannot be read has a rule of its own.
  if (jobs.length < makers.length) return;
  const gap = Math.min(...jobs.flatMap(job => meanGap(job) ?? []));
  const finer = KEEP_RULES.filter(rule => keep[rule] !== undefined && isFiner(rule, gap));
  if (!Number.isFinite(gap) || finer.length === 0) return;
  const kept = judged.kept();
  if (kept === undefined) return;
  const suggested =
    KEEP_RULES.reduce((sum, rule) => sum + (keep[rule] ?? 0) * (MINUTES[rule] ?? gap), 0) / 1440;
  if (kept.days < 1.5 * suggested || kept.days < suggested + 2) return;
  const rest = KEEP_RULES.filter(rule => keep[rule] !== undefined && !finer.includes(rule));
  const odd = finer
    .map(rule => `\`${rule}: ${keep[rule]}\` counts ${WORDS[rule]} that have a backup`)
    .join(', ');
  const names = makers.map(({ key }) => `\`${key}\``).join(', ');
  const others = rest.length === 0 ? '' : `: only \`${keepText(pick(keep, rest))}\` fits the schedule`;
  yield {
    message: `${place} keeps ${pointsText(kept)}, where the rules suggest ${daysText(suggested)}: ${odd}, and ${names} ${makers.length === 1 ? 'makes' : 'make'} ${paceText(gap)}`,
    place: atKey(path),
    related: finer.map(rule => ({ message: 'finer than the schedule', place: atKey([...path, rule]) })),
    help:
      rest.length === 0
        ? `use \`keep_last\` for a number of backups, or a rule of longer periods`
        : `remove ${finer.map(rule => `\`${rule}\``).join(' and ')}${others}`,
  };
}

/** Not for working days: the weekend is no surprise. */
const FINER = 1.5;

function paceText(gap: number): string {
  const perWeek = (7 * 1440) / gap;
  if (perWeek > 6.5 && perWeek < 7.5) return 'one a day';
  return perWeek > 1.5 && perWeek < 6.5 ? `${Math.round(perWeek)} a week` : `one every ${spanText(gap)}`;
}

const pick = (keep: Keep, rules: readonly KeepRule[]): Keep =>
  Object.fromEntries(rules.map(rule => [rule, keep[rule]]));

const daysText = (days: number): string => (days < 1.5 ? 'about one' : `about ${Math.round(days)}`);
