import { readSysctl, sysctlFacts } from '../../formats/sysctl/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'gateway-sysctl',
  read(text) {
    const document = readSysctl(text);
    return { facts: sysctlFacts(document), errors: document.errors };
  },
};
