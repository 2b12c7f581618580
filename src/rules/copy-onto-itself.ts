import { directoryOf, isWithin, pathOnHost } from '../analyses/share-directories.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const copyOntoItself: Rule = {
  id: 'copy-onto-itself',
  severity: 'error',
  summary: 'A directory is copied onto itself, or into itself, by rsync.',
  why: 'There is one copy afterwards as before, or each run copies what the one before has copied.',
  fix: 'Name a directory of another host, or at least of another pool.',
  example: { bad: 'from: dumps\nto: dumps', good: 'from: dumps\nto: far-dumps' },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'rsync' || flow.from.share.host !== flow.to.share.host) continue;
      const [from, to] = [flow.from, flow.to].map(place => pathOnHost(place.share, directoryOf(place)));
      if (from === undefined || to === undefined || !(isWithin(to, from) || isWithin(from, to))) continue;
      yield {
        message: `\`${flow.key}\` copies \`${from}\` to \`${to}\` on one host`,
        place: atValue([...flow.path, 'to']),
        related: [{ message: 'the source', place: atValue([...flow.path, 'from']) }],
        help: 'name a directory on another host',
      };
    }
  },
};
