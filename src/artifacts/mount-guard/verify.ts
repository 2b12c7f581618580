import type { ArtifactKind } from '../artifact.ts';
import { unitKind } from '../unit-trigger/verify.ts';

export const kind: ArtifactKind = unitKind('mount-guard');
