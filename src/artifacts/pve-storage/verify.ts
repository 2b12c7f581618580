/** Reads `storage.cfg` back; what PVE would drop counts as an error. */
import { findPveFile, readPveFile } from '../../formats/pve-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pve-storage',
  read: text => readPveFile(text, { file: 'storage.cfg' }),
  find: (text, take) => findPveFile(text, { file: 'storage.cfg' }, take),
};
