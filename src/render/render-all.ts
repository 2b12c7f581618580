/** The render and verify phases over all artifacts: IR → texts that were read back and found to say what was meant. */
import { type Artifact, type ArtifactKind, outPath } from '../artifacts/artifact.ts';
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Renderer } from './engine.ts';
import { verifiedTexts } from './verified-texts.ts';
import { verifyArtifact } from './verify.ts';

export interface RenderedFile {
  /** Path below out/. */
  readonly path: string;
  readonly text: string;
  readonly artifact: Artifact;
}

export interface CausedLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly causes: readonly TopologyPath[];
}

export interface RenderedAll {
  readonly files: readonly RenderedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Renders and reads back each artifact; files of edited templates that failed are missing, with diagnostics.
 * @param keep what stays of an artifact when its text is made.
 */
export function renderAll<Lowered extends Artifact>(
  renderer: Renderer,
  kinds: ReadonlyMap<string, ArtifactKind>,
  artifacts: Iterable<Lowered>,
  keep: (artifact: Lowered) => Artifact = artifact => artifact,
): RenderedAll {
  const files: RenderedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const verified = verifiedTexts();
  for (const artifact of artifacts) {
    const kept = keep(artifact);
    const rendered = renderer.render(artifact.kind, artifact.view);
    if (!('text' in rendered)) {
      diagnostics.push(...rendered.diagnostics);
      continue;
    }
    let { text } = rendered;
    const same = verified.find(artifact, text);
    if (same === undefined) {
      const found = verifyArtifact(renderer, artifact, text, kindOf(kinds, artifact));
      if ('diagnostics' in found) diagnostics.push(...found.diagnostics);
      else verified.add(artifact, text);
    } else text = same;
    files.push({ path: outPath(artifact), text, artifact: kept });
  }
  return { files, diagnostics };
}

/** The files by path. What a target has shares its folder, so that long lists are sorted target by target. */
export function sortedByPath(files: readonly RenderedFile[]): RenderedFile[] {
  const folders = new Map<string, RenderedFile[]>();
  for (const file of files) {
    const folder = `${file.artifact.target}/`;
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [file]);
    else list.push(file);
  }
  const sorted: RenderedFile[] = [];
  for (const folder of [...folders.keys()].sort()) {
    for (const file of (folders.get(folder) ?? []).sort((a, b) => (a.path < b.path ? -1 : 1)))
      sorted.push(file);
  }
  return sorted;
}

/** Which topology paths caused which line: the facts meant and the facts read, zipped. */
export function causedLines(
  kinds: ReadonlyMap<string, ArtifactKind>,
  files: readonly RenderedFile[],
): readonly CausedLine[] {
  return files.flatMap(({ path, text, artifact }) => {
    const { facts } = kindOf(kinds, artifact).read(text);
    const meant = artifact.facts;
    return facts.map(({ line }, index) => ({ file: path, line, causes: meant[index]?.causes ?? [] }));
  });
}

function kindOf(kinds: ReadonlyMap<string, ArtifactKind>, { kind }: Artifact): ArtifactKind {
  const found = kinds.get(kind);
  if (found === undefined) throw new Error(`no artifact kind "${kind}"`);
  return found;
}
