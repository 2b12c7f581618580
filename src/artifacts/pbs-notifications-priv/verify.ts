/** Reads the secrets of notification targets back. What it says is compared with its placeholders, its form is judged with secrets. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';
import { withDummySecrets } from '../secrets.ts';

export const kind: ArtifactKind = {
  name: 'pbs-notifications-priv',
  read: text => ({
    facts: readPbsFile(text, { file: 'notifications-priv.cfg' }).facts,
    errors: readPbsFile(withDummySecrets(text), { file: 'notifications-priv.cfg' }).errors,
  }),
};
