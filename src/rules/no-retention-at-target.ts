import { isLive } from '../analyses/schedule-jobs.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const noRetentionAtTarget: Rule = {
  id: 'no-retention-at-target',
  severity: 'warning',
  summary: 'A copy of files never deletes, and nobody is declared to do it.',
  why: 'PVE prunes only where it writes itself: the copy grows for ever, until the disk is full or the bill is read.',
  fix: 'Set `propagate_deletions: true`, or say who prunes: `pruned_by` of the share, `lifecycle: expire` of the bucket.',
  example: {
    bad: 'copy: { kind: rsync, from: "raw:dump", to: "far:dump", … }',
    good: 'far: { host: nas-far, path: /volume1/raw, pruned_by: "by hand, each January" }',
  },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (!isLive(flow) || (flow.kind !== 'rsync' && flow.kind !== 'rclone')) continue;
      if (flow.spec.propagate_deletions === true) continue;
      const isShare = flow.kind === 'rsync';
      if (isShare ? flow.to.share.spec.pruned_by !== undefined : flow.to.bucket.spec.lifecycle === 'expire')
        continue;
      const target = isShare ? flow.to.share : flow.to.bucket;
      yield {
        message: `\`${flow.key}\` never deletes in ${isShare ? 'share' : 'bucket'} \`${target.key}\`, and nobody is declared to: it grows for ever`,
        place: atValue([...flow.path, 'to']),
        related: [{ message: 'the target', place: atKey(target.path) }],
        help: isShare
          ? 'say who prunes with `pruned_by` at the share, or set `propagate_deletions: true`'
          : 'set `lifecycle: expire` at the bucket where it has such a rule, or `propagate_deletions: true`',
      };
    }
  },
};
