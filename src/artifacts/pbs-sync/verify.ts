/** Reads `sync.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-sync',
  read: text => readPbsFile(text, { file: 'sync.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'sync.cfg' }, take),
};
