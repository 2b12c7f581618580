/** Every rule, in the order in which they run. Adding one: its file, a line here, fixtures in `test/rules/<id>/`. */

import { phaseCodes } from '../diagnostics/code-tables.ts';
import { once } from '../once.ts';
import { ACCESS_RULES } from './access-rules.ts';
import { addressOutsideSubnet } from './address-outside-subnet.ts';
import { badQuantity } from './bad-quantity.ts';
import { badWindow } from './bad-window.ts';
import { calendarSyntax } from './calendar-syntax.ts';
import { declaredOnly } from './declared-only.ts';
import { defaultRouteWithoutGateway } from './default-route-without-gateway.ts';
import { duplicateAddress } from './duplicate-address.ts';
import { duplicateNativeId } from './duplicate-native-id.ts';
import { endpointElsewhere } from './endpoint-elsewhere.ts';
import { endpointInTunnel } from './endpoint-in-tunnel.ts';
import { endpointMissing } from './endpoint-missing.ts';
import { endpointOtherFamily } from './endpoint-other-family.ts';
import { endpointPrivate } from './endpoint-private.ts';
import { expectAfterCycle } from './expect-after-cycle.ts';
import { featureTooNew } from './feature-too-new.ts';
import { flowNotOnVia } from './flow-not-on-via.ts';
import { gatewayNoRouter } from './gateway-no-router.ts';
import { gatewayNotOnVlan } from './gateway-not-on-vlan.ts';
import { groupFilterInvalid } from './group-filter-invalid.ts';
import { guestOfItself } from './guest-of-itself.ts';
import { guestOnWrongHost } from './guest-on-wrong-host.ts';
import { idUnusable } from './id-unusable.ts';
import { keepaliveMissing } from './keepalive-missing.ts';
import { keepaliveRange } from './keepalive-range.ts';
import { keyWithoutEffect } from './key-without-effect.ts';
import { namespaceDepth } from './namespace-depth.ts';
import { nestedDatastorePaths } from './nested-datastore-paths.ts';
import { NETWORK_DESIGN_RULES } from './network-design-rules.ts';
import { NETWORK_RULES } from './network-rules.ts';
import { noCommonFamily } from './no-common-family.ts';
import { overlappingSubnets } from './overlapping-subnets.ts';
import { pathRoot } from './path-root.ts';
import { policyFixedSeverity } from './policy-fixed-severity.ts';
import { POLICY_RULES, REQUIREMENT_CODES } from './policy-rules.ts';
import { policyUnknownCode } from './policy-unknown-code.ts';
import { remoteClash } from './remote-clash.ts';
import { resyncCorruptOnPush } from './resync-corrupt-on-push.ts';
import { retentionContradiction } from './retention-contradiction.ts';
import { RETENTION_RULES } from './retention-rules.ts';
import { routedWithoutRouter } from './routed-without-router.ts';
import type { Rule } from './rule.ts';
import { S3_RULES } from './s3-rules.ts';
import { sameInterfaceTwice } from './same-interface-twice.ts';
import { samePublicKey } from './same-public-key.ts';
import { SCHEDULE_RULES } from './schedule-rules.ts';
import { sshKeyUnusable } from './ssh-key-unusable.ts';
import { STORAGE_RULES } from './storage-rules.ts';
import { syncKeyDirection } from './sync-key-direction.ts';
import { syncRing } from './sync-ring.ts';
import { syncToItself } from './sync-to-itself.ts';
import { triggerCycle } from './trigger-cycle.ts';
import { tunnelAddressOutsideSubnet } from './tunnel-address-outside-subnet.ts';
import { tunnelEndNotOnVlan } from './tunnel-end-not-on-vlan.ts';
import { tunnelMtuTooLarge } from './tunnel-mtu-too-large.ts';
import { twoDefaultRoutes } from './two-default-routes.ts';
import { unmountWithoutRunOnMount } from './unmount-without-run-on-mount.ts';
import { unsupportedVersion } from './unsupported-version.ts';
import { usedButNotActive } from './used-but-not-active.ts';
import { viaMismatch } from './via-mismatch.ts';
import { vlanIdClash } from './vlan-id-clash.ts';
import { vlanIdInName } from './vlan-id-in-name.ts';

const JUDGING: readonly Rule[] = [
  // Address plan
  duplicateAddress,
  addressOutsideSubnet,
  overlappingSubnets,
  vlanIdClash,
  vlanIdInName,
  gatewayNotOnVlan,
  gatewayNoRouter,
  twoDefaultRoutes,
  defaultRouteWithoutGateway,
  routedWithoutRouter,
  // Tunnels
  tunnelAddressOutsideSubnet,
  tunnelEndNotOnVlan,
  endpointMissing,
  endpointInTunnel,
  endpointElsewhere,
  endpointOtherFamily,
  endpointPrivate,
  tunnelMtuTooLarge,
  keepaliveRange,
  keepaliveMissing,
  sameInterfaceTwice,
  samePublicKey,
  // Networks that traffic must use
  flowNotOnVia,
  noCommonFamily,
  viaMismatch,
  // Names
  idUnusable,
  duplicateNativeId,
  remoteClash,
  nestedDatastorePaths,
  pathRoot,
  sshKeyUnusable,
  // Machines
  guestOfItself,
  guestOnWrongHost,
  // Times
  calendarSyntax,
  badQuantity,
  badWindow,
  retentionContradiction,
  // Versions
  unsupportedVersion,
  featureTooNew,
  // Syncs and flows
  usedButNotActive,
  groupFilterInvalid,
  namespaceDepth,
  resyncCorruptOnPush,
  syncKeyDirection,
  unmountWithoutRunOnMount,
  syncToItself,
  syncRing,
  triggerCycle,
  expectAfterCycle,
  // Rights, places, schedules, retention, clouds
  ...ACCESS_RULES,
  ...NETWORK_DESIGN_RULES,
  ...STORAGE_RULES,
  ...SCHEDULE_RULES,
  ...RETENTION_RULES,
  ...S3_RULES,
  ...POLICY_RULES,
  keyWithoutEffect,
  declaredOnly,
];

/** Every code that there is. */
export const codes = once(
  () =>
    new Set([
      ...phaseCodes(),
      ...JUDGING.map(({ id }) => id),
      'policy-unknown-code',
      'policy-fixed-severity',
    ]),
);

/** Codes of rules whose findings are errors; what a policy requires is one only because the owner wants it. */
const errors = once(
  () =>
    new Set(
      [...JUDGING, ...NETWORK_RULES]
        .filter(({ id, severity }) => severity === 'error' && !REQUIREMENT_CODES.has(id))
        .map(({ id }) => id),
    ),
);

export const RULES: readonly Rule[] = [
  ...JUDGING,
  policyUnknownCode(codes),
  policyFixedSeverity(code => errors().has(code)),
];
