/** Reads `vzdump.conf` back; what vzdump would drop or ignore counts as an error. */
import { readKeyValueFile } from '../../formats/key-value/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'vzdump-conf',
  read: text => readKeyValueFile(text, { file: 'vzdump.conf' }),
};
