/** Reads the sections of PVE's `notifications.cfg` back: its reader is the strict one that PBS has. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pve-notifications',
  read: text => readPbsFile(text, { file: 'notifications.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'notifications.cfg' }, take),
};
