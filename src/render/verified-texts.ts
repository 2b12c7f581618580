/**
 * Texts that were read back and found right, for a time: scripts, drop-ins and many small files are the same on every
 * host. A text that says these facts says equal facts too, and need not be read again.
 */
import type { Artifact, Fact, FactColumns } from '../artifacts/artifact.ts';

export interface VerifiedText {
  readonly text: string;
  readonly sha256: string;
}

export interface VerifiedTexts {
  /** The text that was made of this very view, and was found to say what the artifact says: it need not be made again. */
  ofView(artifact: Artifact, view: unknown): VerifiedText | undefined;
  /** The text, if it was found to say facts with the same places and values. */
  find(artifact: Artifact, text: string, view?: unknown): VerifiedText | undefined;
  /** @param view what the text was made of. */
  add(artifact: Artifact, verified: VerifiedText, view?: unknown): void;
}

/** So many per kind: a kind whose files all differ shall not be kept in memory. */
const LIMIT = 16;

interface Known extends VerifiedText {
  readonly says: Said;
}

/** What the artifact says, in the form that it has. */
type Said = readonly Fact[] | FactColumns;

const saidBy = (artifact: Artifact): Said => artifact.columns ?? artifact.facts;

interface Kind {
  /** The last ones. Hosts with one relay, and scripts, share their view. */
  readonly views: Map<unknown, Known>;
  readonly texts: Map<string, Known>;
  /** Whether any text came twice. If none of the first did, the rest is not even looked up. */
  repeats: boolean;
}

export function verifiedTexts(): VerifiedTexts {
  const kinds = new Map<string, Kind>();
  return {
    ofView(artifact, view) {
      const kind = kinds.get(artifact.kind);
      const known = kind?.views.get(view);
      if (kind === undefined || known === undefined || !isSame(known.says, saidBy(artifact)))
        return undefined;
      kind.repeats = true;
      return known;
    },
    find(artifact, text, view = artifact.view) {
      const kind = kinds.get(artifact.kind);
      if (kind === undefined || (kind.texts.size >= LIMIT && !kind.repeats)) return undefined;
      const known = kind.texts.get(text);
      if (known === undefined || !isSame(known.says, saidBy(artifact))) return undefined;
      kind.repeats = true;
      addView(kind.views, view, known);
      return known;
    },
    add(artifact, { text, sha256 }, view = artifact.view) {
      const kind = kinds.get(artifact.kind) ?? { views: new Map(), texts: new Map(), repeats: false };
      kinds.set(artifact.kind, kind);
      if (kind.texts.size >= LIMIT && !kind.repeats) return;
      const known = { text, sha256, says: saidBy(artifact) };
      addView(kind.views, view, known);
      if (kind.texts.size < LIMIT) kind.texts.set(text, known);
    },
  };
}

function addView(views: Map<unknown, Known>, view: unknown, known: Known): void {
  if (views.size >= LIMIT) views.delete(views.keys().next().value);
  views.set(view, known);
}

function isSame(known: Said, says: Said): boolean {
  if ('sections' in known && 'sections' in says) {
    return (
      isEqual(known.counts, says.counts) &&
      isEqual(known.keys, says.keys) &&
      isEqual(known.values, says.values) &&
      isEqual(known.sections, says.sections)
    );
  }
  if ('sections' in known || 'sections' in says || known.length !== says.length) return false;
  for (let i = 0; i < known.length; i++) {
    if (known[i]!.at !== says[i]!.at || known[i]!.value !== says[i]!.value) return false;
  }
  return true;
}

function isEqual<T extends string | number>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
