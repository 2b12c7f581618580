/** Every artifact kind by name: its reader judges what its template made. */

import { kind as apply } from './apply/verify.ts';
import { kind as applyFunctions } from './apply-functions/verify.ts';
import type { ArtifactKind } from './artifact.ts';
import { kind as authorizedKeys } from './authorized-keys/verify.ts';
import { kind as dsmScript } from './dsm-script/verify.ts';
import { kind as external } from './external/verify.ts';
import { kind as fstab } from './fstab/verify.ts';
import { kind as gatewaySysctl } from './gateway-sysctl/verify.ts';
import { kind as knownHosts } from './known-hosts/verify.ts';
import { kind as mountGuard } from './mount-guard/verify.ts';
import { kind as offsiteAlert } from './offsite-alert/verify.ts';
import { kind as offsiteScript } from './offsite-script/verify.ts';
import { kind as pbsAcl } from './pbs-acl/verify.ts';
import { kind as pbsDatastore } from './pbs-datastore/verify.ts';
import { kind as pbsNode } from './pbs-node/verify.ts';
import { kind as pbsNotifications } from './pbs-notifications/verify.ts';
import { kind as pbsNotificationsPriv } from './pbs-notifications-priv/verify.ts';
import { kind as pbsPrune } from './pbs-prune/verify.ts';
import { kind as pbsRemote } from './pbs-remote/verify.ts';
import { kind as pbsS3 } from './pbs-s3/verify.ts';
import { kind as pbsSync } from './pbs-sync/verify.ts';
import { kind as pbsTrafficControl } from './pbs-traffic-control/verify.ts';
import { kind as pbsUser } from './pbs-user/verify.ts';
import { kind as pbsVerification } from './pbs-verification/verify.ts';
import { kind as postfix } from './postfix/verify.ts';
import { kind as postfixMap } from './postfix-map/verify.ts';
import { kind as pveJobs } from './pve-jobs/verify.ts';
import { kind as pveNotifications } from './pve-notifications/verify.ts';
import { kind as pveNotificationsPriv } from './pve-notifications-priv/verify.ts';
import { kind as pveStorage } from './pve-storage/verify.ts';
import { kind as rcloneConf } from './rclone-conf/verify.ts';
import { kind as staticRoutes } from './static-routes/verify.ts';
import { kind as unitHostBackup } from './unit-host-backup/verify.ts';
import { kind as unitRclone } from './unit-rclone/verify.ts';
import { kind as unitRsync } from './unit-rsync/verify.ts';
import { kind as unitTrigger } from './unit-trigger/verify.ts';
import { kind as vzdumpConf } from './vzdump-conf/verify.ts';
import { kind as wireguard } from './wireguard/verify.ts';
import { kind as wireguardReload } from './wireguard-reload/verify.ts';

const LIST: readonly ArtifactKind[] = [
  apply,
  applyFunctions,
  external,
  gatewaySysctl,
  pbsAcl,
  pbsDatastore,
  pbsNode,
  pbsNotifications,
  pbsNotificationsPriv,
  pbsPrune,
  pbsRemote,
  pbsS3,
  pbsSync,
  pbsTrafficControl,
  pbsUser,
  pbsVerification,
  staticRoutes,
  wireguard,
  wireguardReload,
  authorizedKeys,
  dsmScript,
  fstab,
  knownHosts,
  mountGuard,
  offsiteAlert,
  offsiteScript,
  postfix,
  postfixMap,
  pveJobs,
  pveNotifications,
  pveNotificationsPriv,
  pveStorage,
  rcloneConf,
  unitHostBackup,
  unitRclone,
  unitRsync,
  unitTrigger,
  vzdumpConf,
];

export const KINDS: ReadonlyMap<string, ArtifactKind> = new Map(LIST.map(kind => [kind.name, kind]));
