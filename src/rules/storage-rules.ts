/** Rules about what backups lie on, how many copies there are, and who hears of failures. */
import { capacityBeyondPool } from './capacity-beyond-pool.ts';
import { capacityOverThreshold } from './capacity-over-threshold.ts';
import { contentWithoutBackup } from './content-without-backup.ts';
import { copiesShareDomain } from './copies-share-domain.ts';
import { copyOntoItself } from './copy-onto-itself.ts';
import { datastoreWithoutFlow } from './datastore-without-flow.ts';
import { encryptedOnlyOfNothing } from './encrypted-only-of-nothing.ts';
import { failureUnheard } from './failure-unheard.ts';
import { fleecingStorage } from './fleecing-storage.ts';
import { liveChunkStoreCopied } from './live-chunk-store-copied.ts';
import { lunTwice } from './lun-twice.ts';
import { mountInContainer } from './mount-in-container.ts';
import { mountNotDeclared } from './mount-not-declared.ts';
import { noOffsiteCopy } from './no-offsite-copy.ts';
import { nodeWithoutBackup } from './node-without-backup.ts';
import { pbsBacksUpItself } from './pbs-backs-up-itself.ts';
import { replicaDeletable } from './replica-deletable.ts';
import type { Rule } from './rule.ts';
import { sameFailureDomain } from './same-failure-domain.ts';
import { softMount } from './soft-mount.ts';
import { sourceNeverWritten } from './source-never-written.ts';
import { storageNotOnNode } from './storage-not-on-node.ts';
import { targetNotWritten } from './target-not-written.ts';
import { thresholdsOutOfOrder } from './thresholds-out-of-order.ts';
import { twoWriters } from './two-writers.ts';

export const STORAGE_RULES: readonly Rule[] = [
  softMount,
  mountInContainer,
  mountNotDeclared,
  lunTwice,
  twoWriters,
  liveChunkStoreCopied,
  sameFailureDomain,
  pbsBacksUpItself,
  datastoreWithoutFlow,
  sourceNeverWritten,
  copyOntoItself,
  targetNotWritten,
  contentWithoutBackup,
  storageNotOnNode,
  fleecingStorage,
  capacityOverThreshold,
  capacityBeyondPool,
  thresholdsOutOfOrder,
  noOffsiteCopy,
  nodeWithoutBackup,
  encryptedOnlyOfNothing,
  copiesShareDomain,
  replicaDeletable,
  failureUnheard,
];
