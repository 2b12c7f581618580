import { type FstabDocument, fstabFacts, readFstab, tellFstab } from '../../formats/fstab/read.ts';
import type { ArtifactKind, ReadError } from '../artifact.ts';

/** Our block alone, not the whole file: an entry outside of the markers would never be replaced again. */
function errorsOf({ entries, block, errors }: FstabDocument): ReadError[] {
  const outside = entries
    .filter(entry => !entry.marked)
    .map(({ line, mountpoint }) => ({ line, message: `"${mountpoint}" stands outside of the markers` }));
  const missing = block === undefined ? [{ line: 1, message: 'no "# BEGIN offsite" … "# END offsite"' }] : [];
  return [...missing, ...errors, ...outside];
}

export const kind: ArtifactKind = {
  name: 'fstab',
  read(text) {
    const document = readFstab(text);
    return { facts: fstabFacts(document), errors: errorsOf(document) };
  },
  find(text, take) {
    const document = readFstab(text);
    tellFstab(document, take);
    return errorsOf(document);
  },
};
