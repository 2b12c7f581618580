/**
 * Each kind is rendered and verified as soon as it is lowered: of what makes a file only its text and its place are
 * kept. For a large fleet the rest would be a third of the memory, and most of what the collection of garbage moves.
 */
import type { Artifact, ArtifactKind } from '../artifacts/artifact.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Renderer } from './engine.ts';
import { InternalError } from './internal-error.ts';
import { type HashedFile, type Keeping, type RenderedAll, renderAll } from './render-all.ts';

interface Pass<Lowered> {
  readonly diagnostics: readonly Diagnostic[];
  readonly artifacts: Iterable<Lowered>;
  readonly withoutContent: (artifact: Lowered) => Lowered;
}

export interface RenderingWhileLowering {
  /** Renders what a pass of lowering gave, and gives what is to be kept of its artifacts. */
  take<Lowered extends Artifact>(pass: Pass<Lowered>): readonly Lowered[];
  /**
   * Everything that was rendered; undefined if a pass had an error. What was lowered with errors is no bug of a
   * template, and whether the policy lets it pass is known only when all is lowered.
   */
  result(): RenderedAll | undefined;
}

export function renderWhileLowering(
  renderer: Renderer,
  kinds: ReadonlyMap<string, ArtifactKind>,
  keeping: Omit<Keeping<Artifact>, 'keep'> = {},
): RenderingWhileLowering {
  const files: HashedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  let isSound = true;
  return {
    take({ diagnostics: lowering, artifacts, withoutContent }) {
      isSound &&= !lowering.some(({ severity }) => severity === 'error');
      if (!isSound) return [...artifacts];
      const kept: ReturnType<typeof withoutContent>[] = [];
      try {
        const keep = (artifact: Parameters<typeof withoutContent>[0]) => {
          const placed = withoutContent(artifact);
          kept.push(placed);
          return placed;
        };
        const rendered = renderAll(renderer, kinds, artifacts, { ...keeping, keep });
        for (const file of rendered.files) files.push(file);
        diagnostics.push(...rendered.diagnostics);
        return kept;
      } catch (error) {
        if (!(error instanceof InternalError)) throw error;
        isSound = false;
        return [...artifacts];
      }
    },
    result: () => (isSound ? { files, diagnostics } : undefined),
  };
}
