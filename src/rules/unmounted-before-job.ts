import { runningFlows } from '../analyses/in-use.ts';
import { listText } from '../analyses/schedule-text.ts';
import { atKey, atValue, type Related } from '../diagnostics/diagnostic.ts';
import type { Datastore, Flow, SyncFlow } from '../model/topology.ts';
import { push } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const unmountedBeforeJob: Rule = {
  id: 'unmounted-before-job',
  severity: 'warning',
  summary: 'A sync unmounts a device when it has ended, and other jobs on it wait for their schedule.',
  why: 'The sync starts when the device is mounted, and at its end the device is gone. A job of the clock finds it only if its time comes while the sync runs: it fails, and nothing is pruned, collected or verified.',
  fix: 'Leave `unmount_on_done` out and unmount by hand after the last job. Or let all happen on mount: `run_on_mount: true` at other syncs, `gc_on_unmount: true` for garbage collection (PBS 4.2).',
  example: {
    bad: 'usb: { removable: { … }, gc: { schedule: "sat 06:00" } }\nto-usb: { to: usb, run_on_mount: true, unmount_on_done: true, … }',
    good: 'usb: { removable: { gc_on_unmount: true, … } }\nto-usb: { to: usb, run_on_mount: true, unmount_on_done: true, … }',
  },
  *check({ topology, schedule }) {
    const flows = runningFlows(topology.flows);
    const unmounting = new Map<Datastore, SyncFlow>();
    for (const flow of flows) {
      if (flow.kind !== 'sync' || flow.spec.unmount_on_done !== true || flow.spec.run_on_mount !== true)
        continue;
      for (const store of ownStores(flow))
        if (store.backing.kind === 'removable') unmounting.set(store, flow);
    }
    if (unmounting.size === 0) return;
    const missed = new Map<Datastore, { readonly what: string; readonly at: Related }[]>();
    for (const store of unmounting.keys()) {
      for (const { kind, name, path } of schedule.upkeep.get(store) ?? []) {
        if (kind === 'gc' && store.spec.removable?.gc_on_unmount === true) continue;
        push(missed, store, { what: name, at: { message: name, place: atValue(path) } });
      }
    }
    for (const flow of flows) {
      for (const store of storesOf(flow)) {
        const unmounter = unmounting.get(store);
        if (unmounter === undefined) continue;
        const path = waitsAt(flow, store, unmounter);
        if (path === undefined) continue;
        const what = flow === unmounter ? 'its own schedule' : `\`${flow.key}\``;
        push(missed, store, { what, at: { message: what, place: atValue(path) } });
      }
    }
    for (const [store, jobs] of missed) {
      const flow = unmounting.get(store);
      if (flow === undefined) continue;
      yield {
        message: `\`${flow.key}\` unmounts \`${store.key}\` at its end, and so ${listText(jobs.map(({ what }) => what))} can find it only while \`${flow.key}\` runs`,
        place: atKey([...flow.path, 'unmount_on_done']),
        related: jobs.slice(0, 8).map(({ at }) => at),
        help: 'leave out `unmount_on_done`; or `run_on_mount: true` for syncs, and `gc_on_unmount: true` for garbage collection',
      };
    }
  },
};

/** On the PBS that runs the sync. */
const ownStores = ({ direction, from, to }: SyncFlow): Datastore[] =>
  direction === 'push'
    ? [from.datastore]
    : direction === 'pull'
      ? [to.datastore]
      : [from.datastore, to.datastore];

function storesOf(flow: Flow): Datastore[] {
  switch (flow.kind) {
    case 'sync':
      return [flow.from.datastore, flow.to.datastore];
    case 'host-backup':
      return [flow.to.datastore];
    case 'backup':
      return flow.to.backing.kind === 'datastore' ? [flow.to.backing.place.datastore] : [];
    default:
      return [];
  }
}

/** What starts it, when that is not the mount. */
function waitsAt(flow: Flow, store: Datastore, unmounter: SyncFlow): Flow['path'] | undefined {
  const { spec, path, after } = flow;
  const startsOnMount =
    flow.kind === 'sync' && flow.spec.run_on_mount === true && ownStores(flow).includes(store);
  if (startsOnMount && flow !== unmounter) return undefined;
  if (spec.schedule !== undefined) return [...path, 'schedule'];
  return after === unmounter ? [...path, 'trigger', 'after'] : undefined;
}
