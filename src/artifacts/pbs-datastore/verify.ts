/** Reads `datastore.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-datastore', { file: 'datastore.cfg' });
