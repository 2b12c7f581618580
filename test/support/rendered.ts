import { expect } from 'vitest';
import { readTemplates } from '../../scripts/build-templates.ts';
import { KINDS } from '../../src/artifacts/kinds.ts';
import type { Lowered } from '../../src/artifacts/lowering.ts';
import { createRenderer } from '../../src/render/engine.ts';

const renderer = await createRenderer({ templateTexts: readTemplates() });

/** The text of each file as `target/folder/path`, every one read back and found to say what was meant. */
export function renderedTexts({ artifacts }: Lowered): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { kind, target, folder, path, view, facts } of artifacts) {
    const rendered = renderer.render(kind, view);
    if (!('text' in rendered)) throw new Error(JSON.stringify(rendered.diagnostics));
    const read = KINDS.get(kind)?.read(rendered.text);
    expect(read?.errors).toEqual([]);
    expect(read?.facts.map(({ at, value }) => [at, value])).toEqual(
      facts.map(({ at, value }) => [at, value]),
    );
    for (const { causes } of facts) expect(causes.length).toBeGreaterThan(0);
    texts[`${target}/${folder}${path}`] = rendered.text;
  }
  return texts;
}

/** `code place` of each diagnostic. */
export const codesOf = ({ diagnostics }: Pick<Lowered, 'diagnostics'>): string[] =>
  diagnostics.map(({ code, place }) => `${code} ${place.kind === 'path' ? place.path.join('.') : ''}`);
