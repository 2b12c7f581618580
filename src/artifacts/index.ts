/**
 * lower: topology → everything that is rendered and everything that a file alone cannot make. Each kind makes one pass
 * for all targets; the documents for people come last, since they say what all the others want.
 */
import type { Facts } from '../analyses/facts.ts';
import type { Topology } from '../model/topology.ts';
import { lowerApply } from './apply/lower.ts';
import { orderTargets, type TargetOrder } from './apply/order.ts';
import { lowerApplyFunctions } from './apply-functions/lower.ts';
import { lowerAuthorizedKeys } from './authorized-keys/lower.ts';
import { lowerBucketPolicy } from './bucket-policy/lower.ts';
import { lowerDsmScript } from './dsm-script/lower.ts';
import { lowerExternal } from './external/lower.ts';
import { lowerFstab } from './fstab/lower.ts';
import { lowerGatewaySysctl } from './gateway-sysctl/lower.ts';
import { lowerIscsi } from './iscsi/lower.ts';
import { lowerKnownHosts } from './known-hosts/lower.ts';
import { joinLowered, type Lowered, type Pass, targetsOf } from './lowering.ts';
import { lowerMountGuard } from './mount-guard/lower.ts';
import { lowerOffsiteAlert } from './offsite-alert/lower.ts';
import { lowerOffsiteScript } from './offsite-script/lower.ts';
import { lowerPbsAcl } from './pbs-acl/lower.ts';
import { lowerPbsDatastore } from './pbs-datastore/lower.ts';
import { lowerPbsNode } from './pbs-node/lower.ts';
import { lowerPbsNotifications } from './pbs-notifications/lower.ts';
import { lowerPbsNotificationsPriv } from './pbs-notifications-priv/lower.ts';
import { lowerPbsPrune } from './pbs-prune/lower.ts';
import { lowerPbsRemote } from './pbs-remote/lower.ts';
import { lowerPbsS3 } from './pbs-s3/lower.ts';
import { lowerPbsSync } from './pbs-sync/lower.ts';
import { lowerPbsTrafficControl } from './pbs-traffic-control/lower.ts';
import { lowerPbsUser } from './pbs-user/lower.ts';
import { lowerPbsVerification } from './pbs-verification/lower.ts';
import { withoutContent } from './placed.ts';
import { lowerPostfix } from './postfix/lower.ts';
import { lowerPveAccounts } from './pve-accounts/lower.ts';
import { lowerPveJobs } from './pve-jobs/lower.ts';
import { lowerPveNotifications } from './pve-notifications/lower.ts';
import { lowerPveNotificationsPriv } from './pve-notifications-priv/lower.ts';
import { lowerPveStorage } from './pve-storage/lower.ts';
import { lowerRcloneConf } from './rclone-conf/lower.ts';
import { lowerStaticRoutes } from './static-routes/lower.ts';
import { lowerUnitHostBackup } from './unit-host-backup/lower.ts';
import { lowerUnitRclone } from './unit-rclone/lower.ts';
import { lowerUnitRsync } from './unit-rsync/lower.ts';
import { lowerUnitTrigger } from './unit-trigger/lower.ts';
import { lowerVzdumpConf } from './vzdump-conf/lower.ts';
import { lowerWireguard } from './wireguard/lower.ts';
import { lowerWireguardReload } from './wireguard-reload/lower.ts';

/** In the order in which a host needs them. */
const LOWERINGS: readonly ((facts: Facts) => Lowered)[] = [
  ({ topology }) => lowerWireguard(topology),
  ({ topology }) => lowerWireguardReload(topology),
  ({ topology }) => lowerStaticRoutes(topology),
  ({ topology }) => lowerGatewaySysctl(topology),
  ({ topology }) => lowerIscsi(topology),
  ({ topology }) => lowerFstab(topology),
  ({ topology }) => lowerMountGuard(topology),
  ({ topology }) => lowerPbsUser(topology),
  ({ topology }) => lowerPbsS3(topology),
  ({ topology, namespaces }) => lowerPbsDatastore(topology, namespaces),
  ({ topology }) => lowerPbsRemote(topology),
  ({ topology, access }) => lowerPbsAcl(topology, access),
  ({ topology }) => lowerPbsSync(topology),
  ({ topology }) => lowerPbsPrune(topology),
  ({ topology }) => lowerPbsVerification(topology),
  ({ topology }) => lowerPbsTrafficControl(topology),
  ({ topology }) => lowerPveAccounts(topology),
  ({ topology }) => lowerPveStorage(topology),
  ({ topology }) => lowerPveJobs(topology),
  ({ topology }) => lowerVzdumpConf(topology),
  ({ topology }) => lowerUnitHostBackup(topology),
  ({ topology }) => lowerUnitRsync(topology),
  ({ topology }) => lowerUnitRclone(topology),
  ({ topology }) => lowerUnitTrigger(topology),
  ({ topology }) => lowerRcloneConf(topology),
  ({ topology }) => lowerKnownHosts(topology),
  ({ topology }) => lowerAuthorizedKeys(topology),
  ({ topology }) => lowerBucketPolicy(topology),
  ({ topology }) => lowerDsmScript(topology),
  ({ topology }) => lowerOffsiteScript(topology),
  ({ topology }) => lowerOffsiteAlert(topology),
  ({ topology, notified }) => lowerPostfix(topology, notified),
  ({ topology }) => lowerPbsNode(topology),
  ({ topology, notified }) => lowerPbsNotifications(topology, notified),
  ({ topology, notified }) => lowerPbsNotificationsPriv(topology, notified),
  ({ topology, notified }) => lowerPveNotifications(topology, notified),
  ({ topology, notified }) => lowerPveNotificationsPriv(topology, notified),
];

/** All that was lowered, and in which order it is applied. */
export interface LoweredAll extends Lowered {
  readonly order: TargetOrder;
}

/** @param take gets each pass as soon as it is done, and gives the artifacts that are kept. */
export function lower(facts: Facts, take: (pass: Pass) => Lowered['artifacts'] = keepAll): LoweredAll {
  const { topology } = facts;
  const parts = LOWERINGS.map(lowering => {
    const part = lowering(facts);
    return {
      ...part,
      artifacts: take({ ...part, withoutContent: withoutContent(() => lowering(facts).artifacts) }),
    };
  });
  const sum = joinLowered(parts);
  const order = orderTargets(topology, targetsOf(sum));
  // Made one by one: their texts are half of what a large topology gives.
  const documents = { [Symbol.iterator]: () => documentsOf(topology, sum, order) };
  const last = take({
    diagnostics: [],
    artifacts: documents,
    withoutContent: withoutContent(() => documents),
  });
  return { ...sum, artifacts: [...sum.artifacts, ...last], order };
}

const keepAll = ({ artifacts }: Pass): Lowered['artifacts'] => [...artifacts];

function* documentsOf(
  topology: Topology,
  sum: Lowered,
  order: TargetOrder,
): Generator<Lowered['artifacts'][number]> {
  yield* lowerApply(topology, sum, order);
  yield* lowerExternal(topology, sum.external);
  yield* lowerApplyFunctions(sum.artifacts.length > 0);
}
