import { fstabFacts, readFstab } from '../../formats/fstab/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = {
  name: 'fstab',
  /** Our block alone, not the whole file: an entry outside of the markers would never be replaced again. */
  read(text) {
    const document = readFstab(text);
    const outside = document.entries
      .filter(entry => !entry.marked)
      .map(({ line, mountpoint }) => ({ line, message: `"${mountpoint}" stands outside of the markers` }));
    const missing =
      document.block === undefined ? [{ line: 1, message: 'no "# BEGIN offsite" … "# END offsite"' }] : [];
    return { facts: fstabFacts(document), errors: [...missing, ...document.errors, ...outside] };
  },
};
