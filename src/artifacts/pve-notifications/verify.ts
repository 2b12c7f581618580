/** Reads the sections of PVE's `notifications.cfg` back: its reader is the strict one that PBS has. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pve-notifications', { file: 'notifications.cfg' });
