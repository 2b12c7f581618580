/** Reads `user.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-user',
  read: text => readPbsFile(text, { file: 'user.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'user.cfg' }, take),
};
