/** Reads the parameters for `main.cf` back as Postfix does. */
import { postfixFacts, readMainCf } from '../../formats/postfix/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'postfix',
  read(text) {
    const document = readMainCf(text);
    return { facts: postfixFacts(document), errors: document.errors };
  },
};
