import { type Copy, copiesOf } from '../analyses/copies.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Flow } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const syncRing: Rule = {
  id: 'sync-ring',
  severity: 'warning',
  summary: 'Syncs in a ring copy what they have copied before, one namespace deeper each time.',
  why: 'What comes back lies in the scope of the sync that sent it. Each run makes copies of copies in a deeper namespace, until the 7 levels of PBS are full: lists of groups grow, and retention and verification of all of them take time. It is no further copy of anything.',
  fix: 'Let each sync begin at a namespace that holds no copies of the other side, or end above them with `max_depth`.',
  example: {
    bad: 'there: { from: main, to: "far:home", … }\nback: { from: far, to: "main:far", … }',
    good: 'there: { from: "main:own", to: "far:home", … }\nback: { from: "far:own", to: "main:far", … }',
  },
  *check({ topology }) {
    const rings = new Set<string>();
    for (const copy of copiesOf(topology)) {
      const ring = ringOf(copy);
      const [flow, back, ...others] = ring;
      // A sync into its own datastore is refused as such.
      if (flow?.kind !== 'sync' || back === undefined || copy.place.kind !== 'datastore') continue;
      const key = [...new Set(ring.map(one => one.key))].toSorted().join('\n');
      if (rings.has(key)) continue;
      rings.add(key);
      const { datastore, namespace } = copy.place;
      yield {
        message: `\`${flow.key}\` copies once more what it has copied before and \`${back.key}\` has brought back: to \`${datastore.key}:${namespace}\`, and one level deeper with each round`,
        place: atValue([...flow.path, 'from']),
        related: [back, ...others].map(({ key: name, path }) => ({
          message: `the ring: \`${name}\``,
          place: atKey(path),
        })),
        help: 'begin at a namespace that holds no copies of the other side, or end above them with `max_depth`',
      };
    }
  },
};

/** The flows from a copy back to where the same flow brought it to a namespace further up; none without such a one. */
function ringOf(copy: Copy): readonly Flow[] {
  const flows: Flow[] = [];
  for (let at: Copy | undefined = copy; at !== undefined; at = at.from) {
    if (at !== copy && at.flow === copy.flow) return isAbove(at, copy) ? flows : [];
    flows.push(at.flow);
  }
  return [];
}

const isAbove = ({ place: a }: Copy, { place: b }: Copy): boolean =>
  a.kind === 'datastore' && b.kind === 'datastore' && a.namespace.length < b.namespace.length;
