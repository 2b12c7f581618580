/** Single mistakes that a tired person could make in the root topology, and what must be said of each. */
import type { Mistake } from './mistake.ts';
import { accountsMistakes } from './mistakes/accounts.ts';
import { addressesMistakes } from './mistakes/addresses.ts';
import { bucketsMistakes } from './mistakes/buckets.ts';
import { flowsMistakes } from './mistakes/flows.ts';
import { hostsMistakes } from './mistakes/hosts.ts';
import { retentionMistakes } from './mistakes/retention.ts';
import { schedulesMistakes } from './mistakes/schedules.ts';
import { storageMistakes } from './mistakes/storage.ts';
import { textMistakes } from './mistakes/text.ts';
import { tunnelsMistakes } from './mistakes/tunnels.ts';

export { harmless } from './harmless.ts';
export { uncaught } from './uncaught.ts';

export const mistakes: readonly (readonly [area: string, readonly Mistake[]])[] = [
  ['text', textMistakes],
  ['addresses', addressesMistakes],
  ['tunnels and ways', tunnelsMistakes],
  ['hosts, versions, notifications', hostsMistakes],
  ['accounts', accountsMistakes],
  ['buckets', bucketsMistakes],
  ['storage', storageMistakes],
  ['retention', retentionMistakes],
  ['schedules', schedulesMistakes],
  ['flows and copies', flowsMistakes],
];
