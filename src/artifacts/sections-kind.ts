/** Kinds of files in PBS's section format, which the notifications of PVE have as well. */
import type { PbsReadOptions } from '../formats/pbs-sections/document.ts';
import { findPbsFile, readPbsFile } from '../formats/pbs-sections/read.ts';
import type { ArtifactKind } from './artifact.ts';

export const sectionsKind = (name: string, options: PbsReadOptions): ArtifactKind => ({
  name,
  read: text => readPbsFile(text, options),
  find: (text, take) => findPbsFile(text, options, take),
});
