/** Reads `remote.cfg` back as PBS does. What it says is compared with its placeholders, its form is judged with secrets. */
import { readPbsFile } from '../../formats/pbs-sections/read.ts';
import type { ArtifactKind } from '../artifact.ts';
import { withDummySecrets } from '../secrets.ts';

export const kind: ArtifactKind = {
  name: 'pbs-remote',
  read: text => ({
    facts: readPbsFile(text, { file: 'remote.cfg' }).facts,
    errors: readPbsFile(withDummySecrets(text), { file: 'remote.cfg' }).errors,
  }),
};
