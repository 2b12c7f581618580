/** Rules about networks that work and are a weak spot. */
import { backupOnManagement } from './backup-on-management.ts';
import { fingerprintAndPublicCa } from './fingerprint-and-public-ca.ts';
import { fingerprintMissing } from './fingerprint-missing.ts';
import { fingerprintTwice } from './fingerprint-twice.ts';
import { jumboMismatch } from './jumbo-mismatch.ts';
import { nameNeedsResolver } from './name-needs-resolver.ts';
import { privateOverInternet } from './private-over-internet.ts';
import { publicCaByAddress } from './public-ca-by-address.ts';
import { rateWithoutEffect } from './rate-without-effect.ts';
import type { Rule } from './rule.ts';
import { smtpPortAndMode } from './smtp-port-and-mode.ts';

export const NETWORK_DESIGN_RULES: readonly Rule[] = [
  backupOnManagement,
  fingerprintMissing,
  fingerprintAndPublicCa,
  fingerprintTwice,
  publicCaByAddress,
  nameNeedsResolver,
  privateOverInternet,
  rateWithoutEffect,
  jumboMismatch,
  smtpPortAndMode,
];
