import { readWireguard, wireguardFacts } from '../../formats/wireguard/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'wireguard',
  read(text) {
    const document = readWireguard(text);
    return { facts: wireguardFacts(document), errors: document.errors };
  },
};
