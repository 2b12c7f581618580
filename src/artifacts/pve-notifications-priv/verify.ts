/** Reads the secrets of notification targets back. What it says is compared with its placeholders, its form is judged with secrets. */
import { findPbsFile, readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';
import { withDummySecrets } from '../secrets.ts';

const options = { file: 'notifications-priv.cfg', filled: withDummySecrets };

export const kind: ArtifactKind = {
  name: 'pve-notifications-priv',
  read: text => readPbsFile(text, options),
  find: (text, take) => findPbsFile(text, options, take),
};
