import { findInterfaces, interfacesFacts, readInterfaces } from '../../formats/interfaces/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'static-routes',
  read(text) {
    const document = readInterfaces(text);
    return { facts: interfacesFacts(document), errors: document.errors };
  },
  find: findInterfaces,
};
