import { copiesOf } from '../analyses/copies.ts';
import { groundOf, placePath, placeText } from '../analyses/copy-place.ts';
import { guestCopies, isOffsite } from '../analyses/guest-copies.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Flow, Host, Topology } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const noOffsiteCopy: Rule = {
  id: 'no-offsite-copy',
  needsAll: true,
  severity: 'warning',
  summary: 'Guests are not backed up at all, or guests or files of hosts only at the site where they are.',
  why: 'Fire, theft or an intruder at that site takes the guests and every backup of them.',
  fix: 'Add a flow to another site, to a bucket, or to a disk that is carried away.',
  example: {
    bad: 'flows: { nightly: { kind: backup, from: all, to: local-pbs, … } }',
    good: 'flows: { replica: { kind: sync, direction: pull, from: main, to: "far:home", … } }',
  },
  *check({ topology }) {
    yield* localHosts(topology);
    for (const { guests, copies } of guestCopies(topology)) {
      if (guests.cluster.nodes.every(({ state }) => state !== 'active')) continue;
      // Filtered copies are a decision of the owner; they count.
      if (copies.some(copy => isOffsite(copy, guests))) continue;
      const places = [...new Map(copies.map(({ place }) => [placeText(place), place] as const))];
      const sites = [...new Set(guests.cluster.nodes.map(({ site }) => `\`${site.key}\``))].join(', ');
      yield {
        message:
          copies.length === 0
            ? `no flow backs up guests \`${guests.key}\``
            : `all copies of guests \`${guests.key}\` are at ${sites}, where they run: ${places.map(([text]) => text).join(', ')}`,
        place: atKey(guests.path),
        ...(places.length > 0 && {
          related: places.map(([text, place]) => ({
            message: `a copy: ${text}`,
            place: atKey(placePath(place)),
          })),
        }),
        help: 'add a flow to another site, a bucket, or a disk that is carried away',
      };
    }
  },
};

/** Hosts whose files are saved only at their own site: one finding per site. What is saved nowhere may be on purpose. */
function* localHosts(topology: Topology): Iterable<Finding> {
  const away = new Set<Host>();
  const saved = new Map<Host, Flow>();
  for (const { source, place, from } of copiesOf(topology)) {
    if (source.kind !== 'host') continue;
    const { flow } = source;
    if (from === undefined && !saved.has(flow.from)) saved.set(flow.from, flow);
    const { site, removable } = groundOf(place);
    if (removable || site !== flow.from.site) away.add(flow.from);
  }
  const local = [...saved].filter(([host]) => !away.has(host));
  for (const [site, entries] of groupBy(local, ([host]) => host.site)) {
    const names = entries.slice(0, 4).map(([{ key }]) => `\`${key}\``);
    const rest = entries.length > 4 ? ` and ${entries.length - 4} more` : '';
    const [first] = entries;
    if (first === undefined) continue;
    yield {
      message: `all copies of the files of ${names.join(', ')}${rest} are at \`${site.key}\`, where the ${entries.length > 1 ? 'hosts are' : 'host is'}`,
      place: atKey(first[1].path),
      related: entries
        .slice(1, 8)
        .map(([, flow]) => ({ message: `nor \`${flow.key}\``, place: atKey(flow.path) })),
      help: 'add a sync of that datastore to another site, a bucket, or a disk that is carried away',
    };
  }
}
