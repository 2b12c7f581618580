/** Reads `user.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-user', { file: 'user.cfg' });
