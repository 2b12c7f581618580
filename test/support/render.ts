import { join } from 'node:path';
import type { Artifact } from '../../src/artifacts/artifact.ts';
import { KINDS } from '../../src/artifacts/kinds.ts';
import { readTemplates } from '../../src/load/templates.ts';
import { createRenderer } from '../../src/render/engine.ts';
import { renderAll } from '../../src/render/render-all.ts';

const renderer = await createRenderer({ templateTexts: readTemplates(undefined) });

/** Renders artifacts with the templates of the tree and reads them back; throws when one does not say what was meant. */
export function rendered(artifacts: Iterable<Artifact>): ReadonlyMap<string, string> {
  const { files, diagnostics } = renderAll(renderer, KINDS, artifacts);
  const [first] = diagnostics;
  if (first !== undefined) throw new Error(first.message);
  return new Map(files.map(file => [join(file.artifact.target, file.artifact.path), file.text]));
}
