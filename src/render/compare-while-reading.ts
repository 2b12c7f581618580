/** The quick half of the comparison: yes or no, without lists of facts. Who is told no compares again, for the reasons. */
import type { Artifact, ArtifactKind } from '../artifacts/artifact.ts';

/**
 * Whether the text, while it is read, gives exactly the facts that are meant, in their order, and no error. False also
 * where the artifact or its kind lists its facts only.
 */
export function saysAsMeant(artifact: Pick<Artifact, 'columns'>, text: string, kind: ArtifactKind): boolean {
  const { columns } = artifact;
  if (columns === undefined || kind.find === undefined) return false;
  const { places, counts, values } = columns;
  let next = 0;
  let same = true;
  // Places come in runs of one text, and are compared once for each run.
  let meantPlace = '';
  let foundPlace = '';
  const errors = kind.find(text, (place, count, value) => {
    const meant = places[next];
    if (meant !== meantPlace || place !== foundPlace) {
      if (meant !== place) same = false;
      meantPlace = meant ?? '';
      foundPlace = place;
    }
    // Behind the last fact that is meant, no count is the same.
    if (counts[next] !== count || values[next] !== value) same = false;
    next++;
  });
  return same && next === counts.length && errors.length === 0;
}
