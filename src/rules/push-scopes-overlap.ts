import { isActive } from '../analyses/in-use.ts';
import { withAncestors } from '../analyses/writers.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Flow, SyncFlow } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const pushScopesOverlap: Rule = {
  id: 'push-scopes-overlap',
  severity: 'error',
  summary: 'Two pushes under one account reach the same namespaces, and one of them deletes.',
  why: 'A push with `propagate_deletions` takes every group of its account in its namespaces for one that it pushed earlier. What the other push brought is removed, and comes again with its next run.',
  fix: 'Push into namespaces of which none lies in the other, or under different accounts.',
  example: {
    bad: 'a: { kind: sync, direction: push, to: "far:x", account: push, propagate_deletions: true, … }\nb: { kind: sync, direction: push, to: "far:x/y", account: push, … }',
    good: 'b: { kind: sync, direction: push, to: "far:y", account: push, … }',
  },
  *check({ topology }) {
    const pushes = [...topology.flows.values()].filter(isPush);
    const groups = groupBy(pushes, ({ to, account }) => account && `${to.datastore.key} ${account.key}`);
    for (const group of groups.values()) {
      const deleting = groupBy(
        group.filter(({ spec }) => spec.propagate_deletions === true),
        ({ to }) => to.namespace,
      );
      if (deleting.size === 0) continue;
      for (const push of group) {
        const other = reaching(push, deleting);
        if (other === undefined) continue;
        yield {
          message: `\`${other.key}\` removes what \`${push.key}\` pushes: \`${push.spec.to}\` lies in its target \`${other.spec.to}\`, under the same account`,
          place: atValue([...other.path, 'propagate_deletions']),
          related: [{ message: 'the push that is hit', place: atValue([...push.path, 'to']) }],
          help: 'use namespaces of which none lies in the other, or another account',
        };
      }
    }
  },
};

const isPush = (flow: Flow): flow is SyncFlow =>
  flow.kind === 'sync' && flow.direction === 'push' && isActive(flow);

/** Another push that deletes at the namespace of this one or above it, as deep as it goes. */
function reaching(push: SyncFlow, deleting: ReadonlyMap<string, readonly SyncFlow[]>): SyncFlow | undefined {
  const ancestors = withAncestors(push.to.namespace);
  for (const [level, namespace] of ancestors.entries()) {
    const below = ancestors.length - 1 - level;
    const other = (deleting.get(namespace) ?? []).find(
      ({ key, spec }) => key !== push.key && below <= (spec.max_depth ?? Number.POSITIVE_INFINITY),
    );
    if (other !== undefined) return other;
  }
  return undefined;
}
