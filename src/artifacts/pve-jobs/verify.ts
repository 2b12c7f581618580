/** Reads `jobs.cfg` back; what PVE would drop counts as an error. */
import { findPveFile, readPveFile } from '../../formats/pve-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pve-jobs',
  read: text => readPveFile(text, { file: 'jobs.cfg' }),
  find: (text, take) => findPveFile(text, { file: 'jobs.cfg' }, take),
};
