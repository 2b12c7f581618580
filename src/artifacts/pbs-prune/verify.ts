/** Reads `prune.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-prune', { file: 'prune.cfg' });
