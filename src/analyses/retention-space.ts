/** How long what is pruned still takes up space (proxmox-backup: pbs-datastore/src/datastore.rs, garbage collection). */
import type { Datastore } from '../model/topology.ts';
import { parseDuration } from '../proxmox/quantity.ts';
import type { Job } from './schedule-jobs.ts';
import { startsInYear } from './schedule-order.ts';

/** Minutes that a chunk must not have been in use: 24 h 5 min. */
export const GC_CUTOFF = 1445;

/** Minutes; the declared cut-off, or PBS's. */
export function gcCutoff({ spec }: Datastore): number {
  const declared = spec.tuning?.gc_atime_cutoff;
  const parsed = declared === undefined ? undefined : parseDuration(declared);
  return parsed?.ok ? parsed.value / 60 : GC_CUTOFF;
}

/**
 * Minutes at most from a prune to the run that frees its chunks: a run marks what is in use, the prune comes right
 * after it, and a later run removes what was last marked before the cut-off.
 */
export function freedAfter(datastore: Datastore, gc: Job): number | undefined {
  const cutoff = gcCutoff(datastore);
  const starts = startsInYear(gc, false);
  let most: number | undefined;
  let next = 0;
  for (const marked of starts) {
    while (next < starts.length && starts[next]! - marked <= cutoff) next++;
    const frees = starts[next];
    if (frees === undefined) break;
    most = Math.max(most ?? 0, frees - marked);
  }
  return most;
}
