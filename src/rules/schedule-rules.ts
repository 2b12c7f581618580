/** Rules about times, in the order in which they run. */
import { chainOvertakes } from './chain-overtakes.ts';
import { dstGap } from './dst-gap.ts';
import { durationUnknown } from './duration-unknown.ts';
import { expectAfterNeverBefore } from './expect-after-never-before.ts';
import { flowNeverStarts } from './flow-never-starts.ts';
import { gcBeforePrune } from './gc-before-prune.ts';
import { longerThanItsInterval } from './longer-than-its-interval.ts';
import { outsidePresence } from './outside-presence.ts';
import type { Rule } from './rule.ts';
import { startsTogether } from './starts-together.ts';
import { unmountedBeforeJob } from './unmounted-before-job.ts';
import { verifiedOnlyBeforeVerify } from './verified-only-before-verify.ts';
import { verifyBeforeGc } from './verify-before-gc.ts';
import { windowsOverlap } from './windows-overlap.ts';
import { zonesDifferInChain } from './zones-differ-in-chain.ts';

export const SCHEDULE_RULES: readonly Rule[] = [
  flowNeverStarts,
  chainOvertakes,
  expectAfterNeverBefore,
  zonesDifferInChain,
  longerThanItsInterval,
  windowsOverlap,
  startsTogether,
  dstGap,
  outsidePresence,
  unmountedBeforeJob,
  gcBeforePrune,
  verifyBeforeGc,
  verifiedOnlyBeforeVerify,
  durationUnknown,
];
