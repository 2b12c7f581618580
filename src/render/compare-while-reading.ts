/** The quick half of the comparison: yes or no, without lists of facts. Who is told no compares again, for the reasons. */
import type { Artifact, ArtifactKind } from '../artifacts/artifact.ts';

/**
 * Whether the text, while it is read, gives exactly the facts that are meant, in their order, and no error. False also
 * where the artifact or its kind lists its facts only.
 */
export function saysAsMeant(artifact: Pick<Artifact, 'columns'>, text: string, kind: ArtifactKind): boolean {
  const { columns } = artifact;
  if (columns === undefined || kind.find === undefined) return false;
  const { sections, keys, counts, values } = columns;
  let next = 0;
  let same = true;
  const errors = kind.find(text, (section, key, count, value) => {
    // Behind the last fact that is meant, no count is the same.
    if (
      counts[next] !== count ||
      values[next] !== value ||
      keys[next] !== key ||
      sections[next] !== section
    ) {
      same = false;
    }
    next++;
  });
  return same && next === counts.length && errors.length === 0;
}
