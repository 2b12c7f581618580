/** Reads `verification.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-verification', { file: 'verification.cfg' });
