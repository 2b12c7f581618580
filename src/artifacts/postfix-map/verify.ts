/** Reads a lookup table back as Postfix does. */
import { postfixFacts, readTable } from '../../formats/postfix/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'postfix-map',
  read(text) {
    const document = readTable(text);
    return { facts: postfixFacts(document), errors: document.errors };
  },
};
