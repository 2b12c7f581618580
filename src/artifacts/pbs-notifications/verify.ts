/** Reads PBS's `notifications.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-notifications',
  read: text => readPbsFile(text, { file: 'notifications.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'notifications.cfg' }, take),
};
