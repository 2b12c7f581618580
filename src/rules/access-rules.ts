/** Rules about accounts, rights, owners and writers that share a place. */
import { accountCanTooMuch } from './account-can-too-much.ts';
import { accountExpires } from './account-expires.ts';
import { accountLacksPrivilege } from './account-lacks-privilege.ts';
import { accountShared } from './account-shared.ts';
import { aclReplacesInherited } from './acl-replaces-inherited.ts';
import { deletionsHitOthers } from './deletions-hit-others.ts';
import { grantWithoutDatastore } from './grant-without-datastore.ts';
import { guestIdsOverlap } from './guest-ids-overlap.ts';
import { monitorWithAdmin } from './monitor-with-admin.ts';
import { ownerDiffers } from './owner-differs.ts';
import { pullWithoutOwner } from './pull-without-owner.ts';
import { pushScopesOverlap } from './push-scopes-overlap.ts';
import { realmOfOtherProduct } from './realm-of-other-product.ts';
import { rootAsMachineAccount } from './root-as-machine-account.ts';
import type { Rule } from './rule.ts';
import { secretTwice } from './secret-twice.ts';
import { secretUnused } from './secret-unused.ts';
import { tokenExceedsUser } from './token-exceeds-user.ts';

export const ACCESS_RULES: readonly Rule[] = [
  accountLacksPrivilege,
  accountExpires,
  tokenExceedsUser,
  aclReplacesInherited,
  accountCanTooMuch,
  accountShared,
  realmOfOtherProduct,
  rootAsMachineAccount,
  monitorWithAdmin,
  pullWithoutOwner,
  ownerDiffers,
  deletionsHitOthers,
  pushScopesOverlap,
  guestIdsOverlap,
  grantWithoutDatastore,
  secretTwice,
  secretUnused,
];
