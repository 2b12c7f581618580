import { GC_CUTOFF, gcCutoff } from '../analyses/retention-space.ts';
import { spanText } from '../analyses/schedule-text.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const gcCutoffOverridden: Rule = {
  id: 'gc-cutoff-overridden',
  severity: 'warning',
  summary: 'A safeguard of the garbage collection is overridden.',
  why: 'Chunks are removed by the time at which they were last in use. With a shorter cut-off, or on a file system that does not keep those times, chunks go that backups still need.',
  fix: 'Leave the cut-off and the check as they are, unless the file system is known to keep access times.',
  example: { bad: 'tuning: { gc_atime_safety_check: false }', good: 'tuning: { sync_level: file }' },
  *check({ topology }) {
    for (const datastore of topology.datastores.values()) {
      const { spec, path, key, state } = datastore;
      if (state === 'retired' || spec.tuning === undefined) continue;
      if (spec.tuning.gc_atime_safety_check === false) {
        yield {
          message: `the garbage collection of \`${key}\` does not check that access times are kept`,
          place: atKey([...path, 'tuning', 'gc_atime_safety_check']),
          help: 'remove it: without access times, chunks go that backups need',
        };
      }
      const cutoff = gcCutoff(datastore);
      if (spec.tuning.gc_atime_cutoff === undefined || cutoff === GC_CUTOFF) continue;
      const place = atKey([...path, 'tuning', 'gc_atime_cutoff']);
      const what = `the cut-off of the garbage collection of \`${key}\` is ${spanText(cutoff)}`;
      yield cutoff < GC_CUTOFF
        ? {
            message: `${what}, and not the 24h5m that PBS holds safe`,
            place,
            help: 'remove it, or give at least 24h5m',
          }
        : {
            severity: 'info',
            message: `${what}: space is freed that much later`,
            place,
            help: 'the default is 24h5m',
          };
    }
  },
};
