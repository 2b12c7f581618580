/** Reads `traffic-control.cfg` back as PBS does. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-traffic-control',
  read: text => readPbsFile(text, { file: 'traffic-control.cfg' }),
  find: (text, take) => findPbsFile(text, { file: 'traffic-control.cfg' }, take),
};
