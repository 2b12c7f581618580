/** What the owner requires, and exceptions from it. */
import { policyBackupEvery } from './policy-backup-every.ts';
import { policyCopies } from './policy-copies.ts';
import { policyEncryptedAtProviders } from './policy-encrypted-at-providers.ts';
import { policyException } from './policy-exception.ts';
import { policyExceptionObject } from './policy-exception-object.ts';
import { policyExceptionUnused } from './policy-exception-unused.ts';
import { policyImmutableCopy } from './policy-immutable-copy.ts';
import { policyNotified } from './policy-notified.ts';
import { policyOffsiteCopies } from './policy-offsite-copies.ts';
import { policyOwnAccounts } from './policy-own-accounts.ts';
import { policyPinnedFingerprints } from './policy-pinned-fingerprints.ts';
import { policyRetentionAtLeast } from './policy-retention-at-least.ts';
import { policyTunnelBetweenSites } from './policy-tunnel-between-sites.ts';
import { policyVerifyEvery } from './policy-verify-every.ts';
import type { RequirementRule } from './require.ts';
import type { Rule } from './rule.ts';

const REQUIREMENTS: readonly RequirementRule[] = [
  policyTunnelBetweenSites,
  policyOwnAccounts,
  policyEncryptedAtProviders,
  policyPinnedFingerprints,
  policyImmutableCopy,
  policyNotified,
  policyCopies,
  policyOffsiteCopies,
  policyBackupEvery,
  policyVerifyEvery,
  policyRetentionAtLeast,
];

/** Codes of requirements: errors, because the owner wants them to be, and so not beyond `policy.severity`. */
export const REQUIREMENT_CODES: ReadonlySet<string> = new Set(REQUIREMENTS.map(({ id }) => id));

export const POLICY_RULES: readonly Rule[] = [
  ...REQUIREMENTS,
  policyExceptionObject,
  policyException(REQUIREMENTS),
  policyExceptionUnused(REQUIREMENTS),
];
