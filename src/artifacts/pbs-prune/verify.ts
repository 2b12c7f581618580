/** Reads `prune.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-prune',
  read: text => readPbsFile(text, { file: 'prune.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'prune.cfg' }, take),
};
