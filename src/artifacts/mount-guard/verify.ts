import { readUnit, unitFacts } from '../../formats/systemd-unit/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'mount-guard',
  read(text) {
    const document = readUnit(text);
    return { facts: unitFacts(document), errors: document.errors };
  },
};
