import type { ArtifactKind } from '../artifact.ts';
import { shellKind } from '../offsite-script/verify.ts';

export const kind: ArtifactKind = shellKind('dsm-script');
