/**
 * Texts that were read back and found right, for a time: scripts, drop-ins and many small files are the same on every
 * host. A text that says these facts says equal facts too, and need not be read again.
 */
import type { Artifact, Fact } from '../artifacts/artifact.ts';

export interface VerifiedTexts {
  /** The text, if it was found to say facts with the same places and values. */
  find(artifact: Artifact, text: string): string | undefined;
  add(artifact: Artifact, text: string): void;
}

/** So many per kind: a kind whose files all differ shall not be kept in memory. */
const LIMIT = 16;

interface Known {
  readonly text: string;
  readonly facts: readonly Fact[];
}

interface Kind {
  readonly texts: Map<string, Known>;
  /** Whether any text came twice. If none of the first did, the rest is not even looked up. */
  repeats: boolean;
}

export function verifiedTexts(): VerifiedTexts {
  const kinds = new Map<string, Kind>();
  return {
    find(artifact, text) {
      if (hasColumns(artifact)) return undefined;
      const kind = kinds.get(artifact.kind);
      if (kind === undefined || (kind.texts.size >= LIMIT && !kind.repeats)) return undefined;
      const known = kind.texts.get(text);
      if (known === undefined || !sameFacts(known.facts, artifact.facts)) return undefined;
      kind.repeats = true;
      return known.text;
    },
    add(artifact, text) {
      if (hasColumns(artifact)) return;
      const kind = kinds.get(artifact.kind) ?? { texts: new Map<string, Known>(), repeats: false };
      if (kind.texts.size < LIMIT) kind.texts.set(text, { text, facts: artifact.facts });
      kinds.set(artifact.kind, kind);
    },
  };
}

/** Files with very many facts, made when asked for, are never the same. */
const hasColumns = (artifact: Artifact): boolean => 'columns' in artifact;

function sameFacts(known: readonly Fact[], facts: readonly Fact[]): boolean {
  if (known.length !== facts.length) return false;
  for (let i = 0; i < known.length; i++) {
    if (known[i]!.at !== facts[i]!.at || known[i]!.value !== facts[i]!.value) return false;
  }
  return true;
}
