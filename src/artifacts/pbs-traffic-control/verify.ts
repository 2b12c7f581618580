/** Reads `traffic-control.cfg` back as PBS does. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-traffic-control',
  read: text => readPbsFile(text, { file: 'traffic-control.cfg' }),
};
