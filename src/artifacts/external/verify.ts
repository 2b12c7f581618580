import { findSteps, stepsFacts } from '../../formats/markdown-steps/facts.ts';
import { readSteps } from '../../formats/markdown-steps/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'external',
  read(text) {
    const document = readSteps(text);
    return { facts: stepsFacts(document), errors: document.errors };
  },
  find: findSteps,
};
