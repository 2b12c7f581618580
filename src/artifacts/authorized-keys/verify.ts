import { authorizedKeysFacts, readAuthorizedKeys } from '../../formats/authorized-keys/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'authorized-keys',
  read(text) {
    const document = readAuthorizedKeys(text);
    return { facts: authorizedKeysFacts(document), errors: document.errors };
  },
};
