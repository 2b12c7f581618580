/** Reads `s3.cfg` back as PBS does. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-s3',
  read: text => readPbsFile(text, { file: 's3.cfg' }),
};
