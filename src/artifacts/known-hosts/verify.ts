import { knownHostsFacts, readKnownHosts } from '../../formats/known-hosts/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'known-hosts',
  read(text) {
    const document = readKnownHosts(text);
    return { facts: knownHostsFacts(document), errors: document.errors };
  },
};
