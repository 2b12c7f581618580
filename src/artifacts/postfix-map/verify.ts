/** Reads a lookup table back as Postfix does. */
import { postfixFacts, readTable, tellPostfix } from '../../formats/postfix/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'postfix-map',
  read: text => postfixFacts(readTable(text)),
  find: (text, take) => tellPostfix(readTable(text), take),
};
