import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** Native properties of `sync.cfg` with keys, and the direction that has a use for them (`pbs-api-types/src/jobs.rs`). */
const NEEDED = { 'active-encryption-key': 'push', 'associated-key': 'pull' } as const;

export const syncKeyDirection: Rule = {
  id: 'sync-key-direction',
  severity: 'error',
  summary: 'A sync has a key that is for the other direction.',
  why: 'A push encrypts with `active-encryption-key`, a pull decrypts with `associated-key`. PBS refuses a job with the other one.',
  fix: 'Leave the property out, or turn the sync round.',
  example: {
    bad: 'direction: pull\nproperties: { active-encryption-key: offsite }',
    good: 'direction: push\nproperties: { active-encryption-key: offsite }',
  },
  *check({ topology }) {
    for (const { path, key, spec } of topology.flows.values()) {
      if (spec.kind !== 'sync') continue;
      for (const [property, direction] of Object.entries(NEEDED)) {
        if (spec.properties?.[property] === undefined || spec.direction === direction) continue;
        yield {
          message: `\`${property}\` of \`${key}\` is for a ${direction}`,
          place: atKey([...path, 'properties', property]),
          related: [{ message: 'the direction', place: atValue([...path, 'direction']) }],
          help: `leave it out, or use \`direction: ${direction}\``,
        };
      }
    }
  },
};
