/** An isolated Handlebars runtime with the four helpers of templates and nothing else. */
import runtime, { type Environment } from 'handlebars/runtime.js';
import { blockHelpers } from './block-helpers.ts';

export interface TemplateEnvironment {
  /** Makes the template of a specification known under its partial name. */
  add(partialName: string, spec: unknown): void;
  /** Renders the template with that partial name. */
  run(partialName: string, view: unknown): string;
}

const DENIED = { whitelist: Object.freeze(Object.create(null) as object), defaultValue: false } as const;

/** `extra` are helpers besides the four. Nothing is shared between environments. */
export function createEnvironment(extra: Readonly<Record<string, unknown>> = {}): TemplateEnvironment {
  const environment: Environment = runtime.create();
  const partials: Record<string, ReturnType<Environment['template']>> = Object.create(null);
  // Every template is called the way Handlebars calls a partial. The way for main templates wraps all helpers and
  // builds its access tables again on every call: a third of the time of rendering a small file.
  const options = {
    partial: true,
    helpers: { ...blockHelpers, ...extra },
    partials,
    decorators: {},
    hooks: {},
    protoAccessControl: { properties: DENIED, methods: DENIED },
  } as const;
  return {
    add: (name, spec) => {
      partials[name] = environment.template(spec);
    },
    run: (name, view) => {
      const template = partials[name];
      if (template === undefined) throw new Error(`no template "${name}"`);
      return template(view, options);
    },
  };
}
