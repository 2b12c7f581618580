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

export function verifiedTexts(): VerifiedTexts {
  const kinds = new Map<string, Map<string, Known>>();
  return {
    find(artifact, text) {
      if (hasColumns(artifact)) return undefined;
      const known = kinds.get(artifact.kind)?.get(text);
      return known !== undefined && sameFacts(known.facts, artifact.facts) ? known.text : undefined;
    },
    add(artifact, text) {
      if (hasColumns(artifact)) return;
      const texts = kinds.get(artifact.kind) ?? new Map<string, Known>();
      if (texts.size < LIMIT) texts.set(text, { text, facts: artifact.facts });
      kinds.set(artifact.kind, texts);
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
