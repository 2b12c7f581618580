/** Rules about buckets, their keys and who can read what lies there. */
import { bucketShared } from './bucket-shared.ts';
import { cacheShared } from './cache-shared.ts';
import { keyBeyondBucket } from './key-beyond-bucket.ts';
import { keyEscrowMissing } from './key-escrow-missing.ts';
import { keyOfOtherAccount } from './key-of-other-account.ts';
import { lifecycleUnderDatastore } from './lifecycle-under-datastore.ts';
import { objectLockUnderDatastore } from './object-lock-under-datastore.ts';
import { oneProviderAccount } from './one-provider-account.ts';
import { providerLacksFeature } from './provider-lacks-feature.ts';
import type { Rule } from './rule.ts';
import { s3KeyShared } from './s3-key-shared.ts';
import { unencryptedAtProvider } from './unencrypted-at-provider.ts';
import { versioningUnderDatastore } from './versioning-under-datastore.ts';

export const S3_RULES: readonly Rule[] = [
  objectLockUnderDatastore,
  versioningUnderDatastore,
  lifecycleUnderDatastore,
  providerLacksFeature,
  bucketShared,
  cacheShared,
  keyBeyondBucket,
  s3KeyShared,
  keyOfOtherAccount,
  oneProviderAccount,
  unencryptedAtProvider,
  keyEscrowMissing,
];
