/** Reads `datastore.cfg` back as PBS does. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-datastore',
  read: text => readPbsFile(text, { file: 'datastore.cfg' }),
};
