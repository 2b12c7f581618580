/** Reads PBS's `notifications.cfg` back as PBS does. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-notifications',
  read: text => readPbsFile(text, { file: 'notifications.cfg' }),
};
