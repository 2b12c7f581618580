/** The render and verify phases over all artifacts: IR → texts that were read back and found to say what was meant. */
import { hash } from 'node:crypto';
import { type Artifact, type ArtifactKind, outPath } from '../artifacts/artifact.ts';
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../multimap.ts';
import type { Renderer } from './engine.ts';
import { verifiedTexts } from './verified-texts.ts';
import { verifyArtifact } from './verify.ts';

export interface RenderedFile {
  /** Path below out/. */
  readonly path: string;
  readonly text: string;
  readonly artifact: Artifact;
}

export interface HashedFile extends RenderedFile {
  /** Throws an `Error` where it was not kept. */
  readonly text: string;
  /** Of the text as UTF-8, in hexadecimal. */
  readonly sha256: string;
  /** `out/` holds just this text. */
  readonly isHeld: boolean;
  /** The text is on its way to `out/`. */
  readonly isStaged: boolean;
}

export interface CausedLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly causes: readonly TopologyPath[];
}

export interface RenderedAll {
  readonly files: readonly HashedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Keeping<Lowered> {
  /** What stays of an artifact when its text is made; all of it by default. */
  readonly keep?: (artifact: Lowered) => Artifact;
  /** Whether a text of this hash lies on the disk already, so that it need not stay in memory. */
  readonly holds?: ((target: string, path: string, sha256: string) => boolean) | undefined;
  /** Takes a text on its way to the disk, so that it need not stay in memory. */
  readonly stage?: ((target: string, path: string, text: string) => boolean) | undefined;
  /** Whether the text of a file is wanted all the same. */
  readonly isWanted?: (path: string) => boolean;
}

/** Renders and reads back each artifact; files of edited templates that failed are missing, with diagnostics. */
export function renderAll<Lowered extends Artifact>(
  renderer: Renderer,
  kinds: ReadonlyMap<string, ArtifactKind>,
  artifacts: Iterable<Lowered>,
  { keep = artifact => artifact, holds, stage, isWanted }: Keeping<Lowered> = {},
): RenderedAll {
  const files: HashedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const verified = verifiedTexts();
  for (const artifact of artifacts) {
    const kept = keep(artifact);
    // Some are made when they are asked for.
    const { view } = artifact;
    let file = verified.ofView(artifact, view);
    if (file === undefined) {
      const rendered = renderer.render(artifact.kind, view);
      if (!('text' in rendered)) {
        diagnostics.push(...rendered.diagnostics);
        continue;
      }
      const { text } = rendered;
      file = verified.find(artifact, text, view);
      if (file === undefined) {
        file = { text, sha256: hash('sha256', text) };
        const found = verifyArtifact(renderer, artifact, text, kindOf(kinds, artifact));
        if ('diagnostics' in found) diagnostics.push(...found.diagnostics);
        else verified.add(artifact, file, view);
      }
    }
    const path = outPath(artifact);
    const isHeld = holds?.(artifact.target, path, file.sha256) === true;
    const isStaged = !isHeld && stage?.(artifact.target, path, file.text) === true;
    const text = (isHeld || isStaged) && isWanted?.(path) !== true ? undefined : file.text;
    files.push(new File(path, file.sha256, kept, text, isHeld, isStaged));
  }
  return { files, diagnostics };
}

/** A class, since there is one for every file of a large fleet. */
class File implements HashedFile {
  readonly path: string;
  readonly sha256: string;
  readonly artifact: Artifact;
  readonly isHeld: boolean;
  readonly isStaged: boolean;
  readonly #text: string | undefined;

  constructor(
    path: string,
    sha256: string,
    artifact: Artifact,
    text: string | undefined,
    isHeld: boolean,
    isStaged: boolean,
  ) {
    this.path = path;
    this.sha256 = sha256;
    this.artifact = artifact;
    this.isHeld = isHeld;
    this.isStaged = isStaged;
    this.#text = text;
  }

  get text(): string {
    if (this.#text === undefined) throw new Error(`the text of ${this.path} was not kept`);
    return this.#text;
  }
}

/** The files by path. What a target has shares its folder, so that long lists are sorted target by target. */
export function sortedByPath(files: readonly HashedFile[]): HashedFile[] {
  const folders = groupBy(files, ({ artifact }) => `${artifact.target}/`);
  const sorted: HashedFile[] = [];
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
