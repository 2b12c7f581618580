import { nativeIds } from '../analyses/native-ids.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';

export const duplicateNativeId: Rule = {
  id: 'duplicate-native-id',
  severity: 'error',
  summary: 'Two objects of one system have the same native id.',
  why: 'Proxmox knows its objects by their ids alone: of two sections with one id only the last is read, and two guests or LUNs with one id are the same thing.',
  fix: 'Give one of them another native id with `id:` or `name:`.',
  example: {
    bad: 'datastores:\n  main: { host: pbs, name: store, path: /mnt/a }\n  spare: { host: pbs, name: store, path: /mnt/b }',
    good: 'datastores:\n  main: { host: pbs, name: store, path: /mnt/a }\n  spare: { host: pbs, name: spare, path: /mnt/b }',
  },
  *check({ topology }) {
    for (const [first, again] of repeated(nativeIds(topology), ({ scope, id }) => `${scope} ${id}`)) {
      yield {
        message: `\`${again.id}\` is the id of two ${again.scope}`,
        place: again.place,
        related: [{ message: 'the other one', place: first.place }],
        help: again.setBy === '' ? 'rename one of the two' : `set another one with \`${again.setBy}:\``,
      };
    }
  },
};
