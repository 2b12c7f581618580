import { missedNodes } from '../analyses/job-nodes.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const nodeWithoutBackup: Rule = {
  id: 'node-without-backup',
  needsAll: true,
  severity: 'warning',
  summary: 'Guests of a cluster are backed up on some of its nodes only.',
  why: 'A job with `node` takes the guests that run on that node, and a storage with `nodes` is there on those alone: guests of the other nodes, and those that move there, are in no backup.',
  fix: 'Leave `node` out, let the storage be used by all nodes, or add a flow for each of the other nodes.',
  example: {
    bad: 'clusters: { lab: { nodes: [n1, n2] } }\nflows: { nightly: { kind: backup, from: all, node: n1, … } }',
    good: 'flows: { nightly: { kind: backup, from: all, … } }',
  },
  *check({ topology }) {
    for (const [guests, { jobs, nodes }] of missedNodes(topology).byGuests) {
      if (nodes.length === 0) continue;
      const names = nodes.map(({ key }) => `\`${key}\``).join(', ');
      yield {
        message: `no flow backs up guests \`${guests.key}\` while they run on ${names}`,
        place: atKey(guests.path),
        related: jobs.map(({ key, path, spec, to }) =>
          spec.node !== undefined
            ? { message: `\`${key}\` runs on \`${spec.node}\` only`, place: atValue([...path, 'node']) }
            : {
                message: `\`${key}\` writes to storage \`${to.key}\`, which has \`nodes\``,
                place: atValue([...to.path, 'nodes']),
              },
        ),
        help: `${jobs.some(({ spec }) => spec.node !== undefined) ? 'leave `node` out' : 'let all nodes use the storage'}, or add a flow for the other nodes`,
      };
    }
  },
};
