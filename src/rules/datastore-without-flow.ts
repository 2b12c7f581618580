import { activeOnes, isActive, runningFlows } from '../analyses/in-use.ts';
import { atKey, type Related } from '../diagnostics/diagnostic.ts';
import type { Datastore, Flow } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const datastoreWithoutFlow: Rule = {
  id: 'datastore-without-flow',
  needsAll: true,
  severity: 'warning',
  summary: 'No flow fills a datastore.',
  why: 'It looks like a copy and is none: whoever counts on it finds it empty, or with what somebody left in it by hand.',
  fix: 'Declare the flow that fills it, set `state: planned` or `retired`, or `maintenance: read-only` for an archive that stays.',
  example: {
    bad: 'datastores: { spare: { host: pbs, path: /mnt/spare } }  # and nothing writes to it',
    good: 'flows: { copy: { kind: sync, direction: local, from: main, to: spare, via: local } }',
  },
  *check({ topology }) {
    const filled = new Set(runningFlows(topology.flows).map(targetOf));
    const empty = activeOnes(topology.datastores).filter(
      // What others run is filled by others.
      store =>
        !filled.has(store) &&
        store.spec.maintenance === undefined &&
        store.host.managed &&
        isActive(store.host),
    );
    if (empty.length === 0) return;
    const idle = groupBy(topology.flows.values(), targetOf);
    for (const store of empty) {
      const related = (idle.get(store) ?? []).slice(0, 8).map(
        ({ key, path, state }): Related => ({
          message: `\`${key}\` would, but is ${state === 'active' ? 'switched off' : state}`,
          place: atKey(path),
        }),
      );
      yield {
        message: `no flow fills datastore \`${store.key}\`: it is not a copy of anything`,
        place: atKey(store.path),
        ...(related.length > 0 && { related }),
        help: 'declare the flow, or say what it is: `state: planned`, `maintenance: read-only`',
      };
    }
  },
};

function targetOf(flow: Flow): Datastore | undefined {
  switch (flow.kind) {
    case 'backup':
    case 'vzdump':
      return flow.to.backing.kind === 'datastore' ? flow.to.backing.place.datastore : undefined;
    case 'sync':
    case 'host-backup':
      return flow.to.datastore;
    default:
      return undefined;
  }
}
