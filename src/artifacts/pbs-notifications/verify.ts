/** Reads PBS's `notifications.cfg` back as PBS does. */
import { sectionsKind } from '../sections-kind.ts';

export const kind = sectionsKind('pbs-notifications', { file: 'notifications.cfg' });
