/** The tables of all phases but the rules. An area that reports diagnostics keeps its own and is listed here. */
import { artifactCodes } from '../artifacts/codes.ts';
import { fstabCodes } from '../artifacts/fstab/codes.ts';
import { iscsiCodes } from '../artifacts/iscsi/codes.ts';
import { pbsAclCodes } from '../artifacts/pbs-acl/codes.ts';
import { notificationCodes } from '../artifacts/pbs-notifications/codes.ts';
import { pbsPruneCodes } from '../artifacts/pbs-prune/codes.ts';
import { pbsSyncCodes } from '../artifacts/pbs-sync/codes.ts';
import { postfixCodes } from '../artifacts/postfix/codes.ts';
import { pveJobCodes } from '../artifacts/pve-jobs/codes.ts';
import { pveStorageCodes } from '../artifacts/pve-storage/codes.ts';
import { unitTriggerCodes } from '../artifacts/unit-trigger/codes.ts';
import { vzdumpConfCodes } from '../artifacts/vzdump-conf/codes.ts';
import { calendarCodes } from '../calendar/codes.ts';
import { emitCodes } from '../emit/codes.ts';
import { loadCodes } from '../load/codes.ts';
import { renderCodes } from '../render/codes.ts';
import { resolveCodes } from '../resolve/codes.ts';
import { networkCodes } from '../rules/network-rules.ts';
import { suppressCodes } from '../rules/suppress.ts';
import { validateCodes } from '../validate/codes.ts';
import { verifyCodes } from '../verify/codes.ts';
import type { CodeTable } from './diagnostic.ts';

export const PHASE_CODES: readonly CodeTable[] = [
  loadCodes,
  validateCodes,
  resolveCodes,
  calendarCodes,
  artifactCodes,
  fstabCodes,
  iscsiCodes,
  pbsAclCodes,
  notificationCodes,
  pbsPruneCodes,
  pbsSyncCodes,
  postfixCodes,
  pveJobCodes,
  pveStorageCodes,
  unitTriggerCodes,
  vzdumpConfCodes,
  renderCodes,
  emitCodes,
  networkCodes,
  suppressCodes,
  verifyCodes,
];

export const phaseCodes = (): string[] => PHASE_CODES.flatMap(table => Object.keys(table));
