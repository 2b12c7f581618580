/** Reads the parameters for `main.cf` back as Postfix does. */
import { postfixFacts, readMainCf, tellPostfix } from '../../formats/postfix/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'postfix',
  read: text => postfixFacts(readMainCf(text)),
  find: (text, take) => tellPostfix(readMainCf(text), take),
};
