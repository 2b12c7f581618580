/**
 * The verify phase: a rendered text is read back and compared with what was meant, on every render. A mismatch of an
 * edited template is a diagnostic on the template line that made (or should have made) the text; a mismatch of a
 * built-in template is a bug.
 */
import type { Artifact, ArtifactKind, ReadResult } from '../artifacts/artifact.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { compareFacts, type Mismatch } from './compare.ts';
import { saysAsMeant } from './compare-while-reading.ts';
import type { Renderer } from './engine.ts';
import { InternalError } from './internal-error.ts';
import type { LineOrigin } from './trace.ts';

/**
 * The text read back and found right (its facts zip with the artifact's, `lineCauses`), or what is wrong. What was
 * compared while it was read left no list.
 */
export type Verified =
  | { readonly read: ReadResult | undefined }
  | { readonly diagnostics: readonly Diagnostic[] };

/** Verifies `text`, which `renderer` made of the artifact's view. Throws `InternalError` if a built-in template lies. */
export function verifyArtifact(
  renderer: Renderer,
  artifact: Artifact,
  text: string,
  kind: ArtifactKind,
): Verified {
  if (saysAsMeant(artifact, text, kind)) return { read: undefined };
  const read = kind.read(text);
  const mismatches = compareFacts(artifact.facts, read);
  if (mismatches.length === 0) return { read };
  const name = artifact.target + ':' + artifact.path;
  if (!renderer.isEdited(artifact.kind)) {
    throw new InternalError(`${name} does not say what was meant: ${mismatches.map(statement).join('; ')}`);
  }
  const origins = renderer.trace(artifact.kind, artifact.view);
  const start = { file: renderer.file(artifact.kind), line: 1 };
  return { diagnostics: mismatches.map(mismatch => readback(mismatch, name, origins, start)) };
}

function readback(
  mismatch: Mismatch,
  name: string,
  origins: readonly LineOrigin[],
  start: LineOrigin,
): Diagnostic {
  // A line behind the last one is blamed on the last one, an empty text on the template as a whole.
  const { file, line } = origins[renderedLine(mismatch) - 1] ?? origins.at(-1) ?? start;
  const place = { kind: 'file', file, line } as const;
  return {
    code: 'template-readback',
    severity: 'error',
    message: `in ${name}, ${statement(mismatch)}`,
    place,
  };
}

/** The rendered line to blame; for what is missing, the line of the fact before it, else after it. */
function renderedLine(mismatch: Mismatch): number {
  switch (mismatch.kind) {
    case 'missing':
      return (mismatch.previous ?? mismatch.next)?.line ?? 1;
    case 'unexpected':
    case 'different':
      return mismatch.found.line;
    case 'unreadable':
      return mismatch.line;
    default:
      return mismatch satisfies never;
  }
}

function statement(mismatch: Mismatch): string {
  const q = JSON.stringify;
  switch (mismatch.kind) {
    case 'missing':
      return `${q(mismatch.expected.at)} should be ${q(mismatch.expected.value)} and is missing`;
    case 'unexpected':
      return `line ${mismatch.found.line} says ${q(mismatch.found.at)} is ${q(mismatch.found.value)}, which nobody declared`;
    case 'different':
      return `line ${mismatch.found.line}: ${q(mismatch.expected.at)} should be ${q(mismatch.expected.value)} and is ${q(mismatch.found.value)}`;
    case 'unreadable':
      return `line ${mismatch.line} is not readable: ${mismatch.message}`;
    default:
      return mismatch satisfies never;
  }
}
