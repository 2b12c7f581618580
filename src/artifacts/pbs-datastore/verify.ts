/** Reads `datastore.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-datastore',
  read: text => readPbsFile(text, { file: 'datastore.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'datastore.cfg' }, take),
};
