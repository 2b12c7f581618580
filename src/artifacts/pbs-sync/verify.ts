/** Reads `sync.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-sync', { file: 'sync.cfg' });
