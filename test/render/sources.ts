/** Template sources for tests: literal ones, and those of the repository. */
import { readTemplates, templateModule } from '../../scripts/build-templates.ts';
import type { BuiltInTemplates, TemplateText } from '../../src/render/template-set.ts';

/** Templates by name from literal texts. */
export const sources = (texts: Readonly<Record<string, string>>): ReadonlyMap<string, TemplateText> =>
  new Map(Object.entries(texts).map(([name, text]) => [name, { file: `my/${name}.hbs`, text }]));

/** The same templates as the build makes them. */
export async function builtIns(texts: ReadonlyMap<string, TemplateText>): Promise<BuiltInTemplates> {
  const made = templateModule(texts);
  if ('diagnostics' in made) throw new Error(JSON.stringify(made.diagnostics));
  const url = 'data:text/javascript,' + encodeURIComponent(made.source);
  return ((await import(/* @vite-ignore */ url)) as { builtInTemplates: BuiltInTemplates }).builtInTemplates;
}

export { readTemplates };
