import { absentUses } from '../analyses/absent-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const usedButNotActive: Rule = {
  id: 'used-but-not-active',
  severity: 'error',
  summary: 'Something active uses what is planned or retired.',
  why: 'Nothing is rendered for what is planned, and what is retired is removed: the storage is offline, and each run of the job fails.',
  fix: 'Name something that is there, or give both the same `state`.',
  example: {
    bad: 'datastores: { old: { state: retired, … } }\nflows: { copy: { kind: sync, from: main, to: old, … } }',
    good: 'flows: { copy: { state: retired, kind: sync, from: main, to: old, … } }',
  },
  *check({ topology }) {
    for (const { user, path, part } of absentUses(topology)) {
      const { what, state } = part;
      yield {
        message: `${user} uses ${what}, which is ${state === 'planned' ? 'planned: it is not there yet' : 'retired: it is gone'}`,
        place: atValue(path),
        related: [{ message: 'its state', place: atValue([...part.path, 'state']) }],
        help:
          state === 'planned'
            ? `make ${user} \`state: planned\`, too, until ${what} is there`
            : `name another one, or make ${user} \`state: retired\`, too`,
      };
    }
  },
};
