import { findShell, readShell, shellFacts } from '../../formats/shell/read.ts';
import type { ArtifactKind } from '../artifact.ts';

/** Reader of a kind of POSIX sh scripts. */
export const shellKind = (name: string): ArtifactKind => ({
  name,
  read(text) {
    const document = readShell(text);
    return { facts: shellFacts(document), errors: document.errors };
  },
  find: findShell,
});

export const kind: ArtifactKind = shellKind('offsite-script');
