import { atValue } from '../diagnostics/diagnostic.ts';
import type { Via } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const viaMismatch: Rule = {
  id: 'via-mismatch',
  severity: 'error',
  summary: 'A PVE job must use another network than its storage.',
  why: 'PVE reaches a backup storage by the one address in `storage.cfg`, whatever the job says: the traffic takes the network of the storage.',
  fix: 'Write the same `via` at both, or make a second storage for the other network.',
  example: {
    bad: 'storages: { pbs: { via: home/storage, … } }\nflows: { nightly: { to: pbs, via: home/mgmt, … } }',
  },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (flow.state === 'retired' || (flow.kind !== 'backup' && flow.kind !== 'vzdump')) continue;
      const { backing, key, path } = flow.to;
      if (backing.kind === 'opaque' || isSame(flow.via, backing.via)) continue;
      yield {
        message: `flow \`${flow.key}\` must use \`${flow.via.text}\`, and its storage \`${key}\` uses \`${backing.via.text}\``,
        place: atValue([...flow.path, 'via']),
        related: [{ message: 'the network of the storage', place: atValue([...path, 'via']) }],
        help: 'a job uses the network of its storage: write the same here, or change it there',
      };
    }
  },
};

const isSame = (a: Via, b: Via): boolean => a.kind === b.kind && a.text === b.text;
