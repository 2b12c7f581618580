/**
 * Turns `templates/` into code for the bundle. Nothing generated lies in the tree: run from its sources, offsite compiles
 * the templates it reads; the build calls `precompiledTemplates()`, an esbuild plugin that puts the code in the place of
 * `src/render/built-in.ts`.
 *
 *   node scripts/build-templates.ts            prints the module
 *   node scripts/build-templates.ts --check    compiles every template and prints nothing but mistakes
 */
import { globSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Diagnostic, FilePlace } from '../src/diagnostics/diagnostic.ts';
import { checkTemplate } from '../src/render/compiler.ts';
import { plainCode } from '../src/render/plain-code.ts';
import type { TemplateText } from '../src/render/template-set.ts';

const TEMPLATES = join(import.meta.dirname, '..', 'templates');

/** All templates of `directory` by name, sorted. */
export function readTemplates(directory: string = TEMPLATES): ReadonlyMap<string, TemplateText> {
  const files = globSync('**/*.hbs', { cwd: directory }).map(file => file.replaceAll('\\', '/'));
  const named = files.sort().map(file => {
    const text = readFileSync(join(directory, file), 'utf8');
    return [file.slice(0, -'.hbs'.length), { file: 'templates/' + file, text }] as const;
  });
  return new Map(named);
}

/** The module that replaces `src/render/built-in.ts`, or what is wrong with the templates. */
export function templateModule(
  templates: ReadonlyMap<string, TemplateText>,
): { readonly source: string } | { readonly diagnostics: readonly Diagnostic[] } {
  const known = new Set(templates.keys());
  const diagnostics: Diagnostic[] = [];
  const entries: string[] = [];
  for (const [name, template] of templates) {
    const { ast, partials, diagnostics: mistakes } = checkTemplate(template, known);
    diagnostics.push(...mistakes);
    const code = ast && plainCode(ast);
    const text = JSON.stringify(template.text);
    entries.push(
      `  ${JSON.stringify(name)}: { text: ${text}, partials: ${JSON.stringify(partials)}, code: ${code} },\n`,
    );
  }
  if (diagnostics.length > 0) return { diagnostics };
  return { source: `export const builtInTemplates = {\n${entries.join('')}};\n` };
}

/** esbuild plugin: bundles the precompiled templates; a mistake in a template fails the build at its line. */
export function precompiledTemplates(): Plugin {
  return {
    name: 'precompiled-templates',
    setup: build => {
      build.onLoad({ filter: /[\\/]src[\\/]render[\\/]built-in\.ts$/ }, () => {
        const result = templateModule(readTemplates());
        if ('source' in result) return { contents: result.source, loader: 'js' };
        return { errors: result.diagnostics.map(mistake => ({ text: described(mistake) })) };
      });
    },
  };
}

function described({ code, message, place }: Diagnostic): string {
  const { file, line, column } = place as FilePlace;
  return `${file}:${line}:${column ?? 1}: ${code}: ${message}`;
}

if (import.meta.main) {
  const result = templateModule(readTemplates());
  if ('diagnostics' in result) {
    writeSync(2, result.diagnostics.map(mistake => described(mistake) + '\n').join(''));
    process.exitCode = 1;
  } else if (!process.argv.includes('--check')) {
    writeSync(1, result.source);
  }
}
