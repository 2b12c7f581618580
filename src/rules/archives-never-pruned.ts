import { archivesOf, keepOfFlow } from '../analyses/retention-archives.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Topology, VzdumpFlow } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const archivesNeverPruned: Rule = {
  id: 'archives-never-pruned',
  severity: 'warning',
  summary: 'Archives of vzdump are written, and nothing says how many are kept.',
  why: 'Without a retention PVE keeps all (`prune-backups keep-all=1`). Each archive is a full copy, so the disk fills up soon, and the job fails from then on.',
  fix: 'Give the storage (or the flow) a `retention`, with `keep_all: true` if that is what is wanted, or say who removes archives: `pruned_by` of the share.',
  example: {
    bad: 'storages: { nas: { share: dumps, content: [backup], … } }\nflows: { weekly: { kind: vzdump, to: nas, … } }',
    good: 'storages: { nas: { share: dumps, content: [backup], retention: { keep_last: 4 }, … } }',
  },
  *check({ topology }) {
    for (const [storage, flows] of groupBy(unpruned(topology), ({ to }) => to)) {
      const names = listText(flows.map(({ key }) => `\`${key}\``));
      yield {
        message: `nothing prunes the archives of ${names} on storage \`${storage.key}\`, which grows for ever`,
        place: atKey(storage.path),
        related: flows.slice(0, 3).map(({ key, path }) => ({ message: `\`${key}\``, place: atKey(path) })),
        help: 'add `retention`, for example `retention: { keep_last: 4 }`, or `pruned_by` at the share',
      };
    }
  },
};

/** PVE prunes all archives of a guest: one flow with a retention is enough for all that save the same guests there. */
function unpruned(topology: Topology): ReadonlySet<VzdumpFlow> {
  const found = new Set<VzdumpFlow>();
  for (const { share, flows } of archivesOf(topology)) {
    // A storage on SMB is made by hand, so its retention is not known.
    if (share.spec.pruned_by !== undefined || share.protocol === 'smb') continue;
    if (flows.some(flow => keepOfFlow(flow) !== undefined)) continue;
    for (const flow of flows) {
      const { spec, to, runsOn } = flow;
      if (runsOn.managed && (spec.retention ?? to.spec.retention) === undefined) found.add(flow);
    }
  }
  return found;
}
