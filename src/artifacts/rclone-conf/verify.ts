import { rcloneConfFacts, readRcloneConf } from '../../formats/rclone-conf/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'rclone-conf',
  read(text) {
    const document = readRcloneConf(text);
    return { facts: rcloneConfFacts(document), errors: document.errors };
  },
};
