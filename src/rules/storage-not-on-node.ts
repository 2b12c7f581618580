import { runningFlows } from '../analyses/in-use.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const storageNotOnNode: Rule = {
  id: 'storage-not-on-node',
  severity: 'error',
  summary: 'A backup job runs on one node, and its storage is there on others only.',
  why: 'vzdump stops before the first guest: the storage is not available on the node of the job.',
  fix: 'Add the node to `nodes` of the storage, or let the job run where the storage is.',
  example: {
    bad: 'storages: { raw: { nodes: [n1], … } }\nflows: { weekly: { kind: vzdump, to: raw, node: n2, … } }',
    good: 'storages: { raw: { nodes: [n1, n2], … } }',
  },
  *check({ topology }) {
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'backup' && flow.kind !== 'vzdump') continue;
      const { to: storage, spec, path, key } = flow;
      // As they are written: a node that is wrong itself is left out of those that are resolved.
      const { nodes } = storage.spec;
      if (spec.node === undefined || nodes === undefined || nodes.includes(spec.node)) continue;
      yield {
        message: `\`${key}\` runs on node \`${spec.node}\`, where storage \`${storage.key}\` is not available`,
        place: atValue([...path, 'node']),
        related: [{ message: 'nodes of the storage', place: atValue([...storage.path, 'nodes']) }],
        help: `add \`${spec.node}\` to \`nodes\` of the storage, or use ${nodes.map(node => `\`${node}\``).join(' or ')}`,
      };
    }
  },
};
