import { findUnit, readUnit, unitFacts } from '../../formats/systemd-unit/read.ts';
import type { ArtifactKind } from '../artifact.ts';

/** Reader of a kind of unit files. */
export const unitKind = (name: string): ArtifactKind => ({
  name,
  read(text) {
    const document = readUnit(text);
    return { facts: unitFacts(document), errors: document.errors };
  },
  find: findUnit,
});

export const kind: ArtifactKind = unitKind('unit-trigger');
