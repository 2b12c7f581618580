/** Reads `verification.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-verification',
  read: text => readPbsFile(text, { file: 'verification.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'verification.cfg' }, take),
};
