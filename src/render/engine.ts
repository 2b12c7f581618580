/**
 * Views → text. A built-in template runs from code made by the build; a template whose text differs from the built-in
 * one ("edited") is compiled here, and its mistakes are diagnostics in that template. A mistake in a built-in template
 * or in a view is a bug: `InternalError`.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { builtInTemplates } from './built-in.ts';
import type { TemplateEnvironment } from './environment.ts';
import { InternalError } from './internal-error.ts';
import { type PlainTemplate, type PlainWords, plainWords } from './plain-words.ts';
import {
  type BuiltInTemplates,
  closure,
  mainTemplate,
  partialName,
  type TemplateText,
} from './template-set.ts';
import type { LineOrigin, Tracer } from './trace.ts';
import { findHole } from './view.ts';

export interface RendererOptions {
  /** Template sources by name (`template-set.ts`), laid over the built-in ones. */
  readonly templateTexts?: ReadonlyMap<string, TemplateText>;
  /** Precompiled templates; those of the build by default. */
  readonly builtIn?: BuiltInTemplates;
}

/** The text, or what an edited template did wrong (empty when that was said when the renderer was made). */
export type Rendered = { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] };

export interface Renderer {
  /** Mistakes of edited templates that show without any data. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the template of `kind`, or one that it includes, differs from the built-in one. */
  isEdited(kind: string): boolean;
  /** The template of `kind`, as diagnostics name it. */
  file(kind: string): string;
  /** Lays out a complete view. Throws `InternalError` for an incomplete view and for mistakes of a built-in template. */
  render(kind: string, view: unknown): Rendered;
  /** The template line behind every line that the edited template of `kind` makes of `view`; index 0 is line 1. */
  trace(kind: string, view: unknown): readonly LineOrigin[];
}

/** Makes a renderer. Loads Handlebars only if a template is edited. */
export async function createRenderer(options: RendererOptions = {}): Promise<Renderer> {
  const builtIn = options.builtIn ?? builtInTemplates;
  const texts = allTexts(builtIn, options.templateTexts);
  const edited = new Set(
    [...texts].filter(([name, { text }]) => builtIn[name]?.text !== text).map(([name]) => name),
  );
  const includesBuiltIn = (name: string): readonly string[] => builtIn[name]?.partials ?? [];
  const compiled = edited.size > 0 ? await compileEdited(texts, edited, includesBuiltIn) : NOTHING_EDITED;
  const includes = (name: string): readonly string[] => compiled.partials.get(name) ?? includesBuiltIn(name);
  const diagnostics = [...compiled.diagnostics, ...unusedTemplates(texts, builtIn, includes)];
  return { diagnostics, ...kinds({ texts, edited, words: wordsOf(builtIn), compiled, includes }) };
}

interface Templates {
  readonly texts: ReadonlyMap<string, TemplateText>;
  readonly edited: ReadonlySet<string>;
  readonly words: PlainWords;
  readonly compiled: EditedTemplates;
  includes(template: string): readonly string[];
}

/** What is known of a kind's template, worked out once per kind. */
interface KindState {
  readonly name: string;
  readonly edited: boolean;
  /** A template that it needs did not compile. */
  readonly broken: boolean;
}

function kinds(templates: Templates): Omit<Renderer, 'diagnostics'> {
  const { texts, edited, words, compiled, includes } = templates;
  const states = new Map<string, KindState>();

  const stateOf = (kind: string): KindState => {
    const known = states.get(kind);
    if (known !== undefined) return known;
    const main = mainTemplate(kind);
    if (!texts.has(main)) throw new InternalError(`no template for files of kind "${kind}"`);
    const all = closure(main, includes);
    const broken = all.some(name => compiled.broken.has(name));
    const state = { name: partialName(main), edited: all.some(name => edited.has(name)), broken };
    states.set(kind, state);
    return state;
  };

  const render = (kind: string, view: unknown): Rendered => {
    const state = stateOf(kind);
    if (state.broken) return { diagnostics: [] };
    // The words of a built-in template refuse a hole themselves.
    const hole = state.edited ? findHole(view) : undefined;
    if (hole !== undefined)
      throw new InternalError(`the data of a file of kind "${kind}" is incomplete at ${hole}`);
    try {
      if (!state.edited) return { text: words.partial(state.name, view) };
      return { text: compiled.environment?.run(state.name, view) ?? '' };
    } catch (error) {
      const tracer = state.edited ? compiled.tracer : undefined;
      if (tracer !== undefined) return { diagnostics: [tracer.explain(state.name, view, error)] };
      throw new InternalError(`the built-in template of kind "${kind}" fails: ${String(error)}`, {
        cause: error,
      });
    }
  };

  const trace = (kind: string, view: unknown): readonly LineOrigin[] => {
    const state = stateOf(kind);
    return (state.broken ? undefined : compiled.tracer?.lines(state.name, view)) ?? [];
  };
  const file = (kind: string): string => texts.get(mainTemplate(kind))?.file ?? mainTemplate(kind);
  return { isEdited: kind => stateOf(kind).edited, file, render, trace };
}

function allTexts(
  builtIn: BuiltInTemplates,
  overrides: ReadonlyMap<string, TemplateText> = new Map(),
): ReadonlyMap<string, TemplateText> {
  const texts = new Map<string, TemplateText>();
  for (const [name, { text }] of Object.entries(builtIn))
    texts.set(name, { file: `templates/${name}.hbs`, text });
  for (const [name, text] of overrides) texts.set(name, text);
  return texts;
}

const wordsOf = (builtIn: BuiltInTemplates): PlainWords =>
  plainWords(
    new Map(
      Object.entries(builtIn).map(([name, { code }]): [string, PlainTemplate] => [partialName(name), code]),
    ),
  );

interface EditedTemplates {
  /** Runs edited templates, and the built-in ones that they include or that include them. */
  readonly environment: TemplateEnvironment | undefined;
  /** Edited templates that did not compile. */
  readonly broken: ReadonlySet<string>;
  readonly partials: ReadonlyMap<string, readonly string[]>;
  readonly diagnostics: readonly Diagnostic[];
  readonly tracer: Tracer | undefined;
}

const NOTHING_EDITED: EditedTemplates = {
  environment: undefined,
  broken: new Set(),
  partials: new Map(),
  diagnostics: [],
  tracer: undefined,
};

async function compileEdited(
  texts: ReadonlyMap<string, TemplateText>,
  edited: ReadonlySet<string>,
  includesBuiltIn: (template: string) => readonly string[],
): Promise<EditedTemplates> {
  const { compileTemplate, evaluate } = await import('./compiler.ts');
  const { createEnvironment } = await import('./environment.ts');
  const { createTracer } = await import('./trace.ts');
  const known = new Set(texts.keys());
  const environment = createEnvironment();
  const broken = new Set<string>();
  const partials = new Map<string, readonly string[]>();
  const diagnostics: Diagnostic[] = [];
  const compile = (name: string): void => {
    const compiled = compileTemplate(texts.get(name)!, known);
    diagnostics.push(...compiled.diagnostics);
    partials.set(name, compiled.partials);
    if (compiled.code === undefined) broken.add(name);
    else environment.add(partialName(name), evaluate(compiled.code));
  };
  for (const name of edited) compile(name);
  const includes = (name: string): readonly string[] => partials.get(name) ?? includesBuiltIn(name);
  const mixed = [...known]
    .map(name => closure(name, includes))
    .filter(all => all.some(one => edited.has(one)));
  for (const name of new Set(mixed.flat())) if (!edited.has(name)) compile(name);
  return { environment, broken, partials, diagnostics, tracer: createTracer(texts) };
}

/** Files with a name that nothing asks for; only decidable where the built-in names are known. */
function unusedTemplates(
  texts: ReadonlyMap<string, TemplateText>,
  builtIn: BuiltInTemplates,
  includes: (template: string) => readonly string[],
): readonly Diagnostic[] {
  const roots = Object.keys(builtIn);
  if (roots.length === 0) return [];
  const used = new Set(roots.flatMap(root => closure(root, includes)));
  return [...texts]
    .filter(([name]) => !used.has(name))
    .map(([name, { file }]) => {
      const place = { kind: 'file', file, line: 1 } as const;
      return {
        code: 'template-unused',
        severity: 'warning',
        message: `no file is laid out by a template "${name}"`,
        place,
      };
    });
}
