/** Reads `traffic-control.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-traffic-control', { file: 'traffic-control.cfg' });
