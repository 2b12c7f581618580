/** Rules about what is kept, in the order in which they run. */
import { archivesNeverPruned } from './archives-never-pruned.ts';
import { deletionsPropagate } from './deletions-propagate.ts';
import { freedAfterTwoGc } from './freed-after-two-gc.ts';
import { gcCutoffOverridden } from './gc-cutoff-overridden.ts';
import { neverVerified } from './never-verified.ts';
import { noGc } from './no-gc.ts';
import { noPrune } from './no-prune.ts';
import { noRetentionAtTarget } from './no-retention-at-target.ts';
import { pruneWithoutKeep } from './prune-without-keep.ts';
import { prunedBeforeReplicated } from './pruned-before-replicated.ts';
import { retentionBeyondCapacity } from './retention-beyond-capacity.ts';
import { retentionShorterThanBilling } from './retention-shorter-than-billing.ts';
import { retentionSurprise } from './retention-surprise.ts';
import type { Rule } from './rule.ts';
import { twoRetentions } from './two-retentions.ts';
import { verificationOfS3 } from './verification-of-s3.ts';
import { verifiedOnce } from './verified-once.ts';
import { vzdumpRetentionConflict } from './vzdump-retention-conflict.ts';

export const RETENTION_RULES: readonly Rule[] = [
  noPrune,
  noGc,
  pruneWithoutKeep,
  twoRetentions,
  archivesNeverPruned,
  vzdumpRetentionConflict,
  retentionSurprise,
  retentionBeyondCapacity,
  prunedBeforeReplicated,
  deletionsPropagate,
  noRetentionAtTarget,
  retentionShorterThanBilling,
  neverVerified,
  verifiedOnce,
  verificationOfS3,
  gcCutoffOverridden,
  freedAfterTwoGc,
];
