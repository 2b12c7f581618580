import { runningFlows } from '../analyses/in-use.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const contentWithoutBackup: Rule = {
  id: 'content-without-backup',
  severity: 'error',
  summary: 'A backup job writes to a storage that may not hold backups.',
  why: 'vzdump stops before the first guest: the storage does not have the content type `backup` (pve-manager `PVE/VZDump.pm`).',
  fix: 'Add `backup` to the `content` of the storage.',
  example: {
    bad: 'storages: { nas: { share: dumps, content: [iso], … } }\nflows: { weekly: { kind: vzdump, to: nas, … } }',
    good: 'storages: { nas: { share: dumps, content: [backup, iso], … } }',
  },
  *check({ topology }) {
    const reported = new Set<object>();
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'vzdump' && flow.kind !== 'backup') continue;
      const { to: storage } = flow;
      const { content } = storage.spec;
      if (content === undefined || content.includes('backup') || reported.has(storage)) continue;
      reported.add(storage);
      yield {
        message: `\`${flow.key}\` writes backups to storage \`${storage.key}\`, which holds only ${content.map(one => `\`${one}\``).join(', ')}`,
        place: atValue([...storage.path, 'content']),
        related: [{ message: 'the flow', place: atKey(flow.path) }],
        help: `write \`content: [${['backup', ...content].join(', ')}]\``,
      };
    }
  },
};
