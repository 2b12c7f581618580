/** Reads the keys of `node.cfg` back as PBS does. */
import { readKeyValueFile } from '../../formats/key-value/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'pbs-node',
  read: text => readKeyValueFile(text, { file: 'node.cfg' }),
};
