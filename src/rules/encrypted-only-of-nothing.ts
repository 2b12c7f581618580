import { copiesOf } from '../analyses/copies.ts';
import { runningFlows } from '../analyses/in-use.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const encryptedOnlyOfNothing: Rule = {
  id: 'encrypted-only-of-nothing',
  needsAll: true,
  severity: 'warning',
  summary: 'A sync copies encrypted backups only, and nothing that lies in its source is encrypted.',
  why: 'The job runs, ends well and copies nothing: the second copy does not exist.',
  fix: 'Set `encryption_key` where the backups begin, or take `encrypted_only` away.',
  example: {
    bad: 'storages: { pbs: { … } }\nflows: { far: { kind: sync, encrypted_only: true, … } }',
    good: 'storages: { pbs: { encryption_key: guests, … } }\nflows: { far: { kind: sync, encrypted_only: true, … } }',
  },
  *check({ topology }) {
    const copies = copiesOf(topology);
    const carrying = new Set(copies.map(({ flow }) => flow));
    const filled = new Map(
      copies.flatMap(({ place, flow }) =>
        place.kind === 'datastore' ? [[place.datastore, flow] as const] : [],
      ),
    );
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'sync' || flow.spec.encrypted_only !== true || carrying.has(flow)) continue;
      const source = filled.get(flow.from.datastore);
      if (source === undefined) continue;
      yield {
        message: `\`${flow.key}\` copies nothing: no backup in \`${flow.from.datastore.key}\` that it could copy is encrypted`,
        place: atValue([...flow.path, 'encrypted_only']),
        related: [{ message: 'fills the source', place: atKey(source.path) }],
        help: 'set `encryption_key` at the storage or host backup, or remove `encrypted_only`',
      };
    }
  },
};
