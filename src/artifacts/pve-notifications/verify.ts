/** Reads the sections of PVE's `notifications.cfg` back: its reader is the strict one that PBS has. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pve-notifications',
  read: text => readPbsFile(text, { file: 'notifications.cfg' }),
};
