import { atValue } from '../diagnostics/diagnostic.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';

export const lunTwice: Rule = {
  id: 'lun-twice',
  severity: 'error',
  summary: 'One LUN is used by two datastores.',
  why: 'ext4 and xfs are for one machine at a time. Two that mount one LUN overwrite each other’s metadata: the file system, and with it every backup on it, is lost. On one host both datastores would be one directory.',
  fix: 'Make a LUN for each datastore.',
  example: {
    bad: 'a: { host: pbs-1, iscsi: { from: nas/lun1, … } }\nb: { host: pbs-2, iscsi: { from: nas/lun1, … } }',
    good: 'b: { host: pbs-2, iscsi: { from: nas/lun2, … } }',
  },
  *check({ topology }) {
    const stores = [...topology.datastores.values()].filter(({ state }) => state !== 'retired');
    const lunOf = ({ backing }: (typeof stores)[number]) =>
      backing.kind === 'iscsi'
        ? `${backing.lun.host.key} ${backing.lun.spec.iqn} ${backing.lun.spec.lun ?? 0}`
        : undefined;
    for (const [first, again] of repeated(stores, lunOf)) {
      const from = again.spec.iscsi?.from ?? '';
      yield {
        message: `datastores \`${first.key}\` and \`${again.key}\` lie on one LUN, \`${from}\``,
        place: atValue([...again.path, 'iscsi', 'from']),
        related: [{ message: 'the other datastore', place: atValue([...first.path, 'iscsi', 'from']) }],
        help: 'give each datastore a LUN of its own',
      };
    }
  },
};
