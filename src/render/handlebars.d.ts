/// <reference types="handlebars" />

/**
 * The two entry points of Handlebars that are used, by file: the package's own entry reads files through
 * `require.extensions`, and its types know neither path. Parts that Handlebars marks as pseudo-public
 * (`template`'s options, `Parser`) are relied on with the pinned version and held by tests.
 */
declare module 'handlebars/runtime.js' {
  type Program = (context: unknown, options?: unknown) => string;
  interface RuntimeOptions {
    readonly partial: true;
    readonly helpers: Readonly<Record<string, unknown>>;
    readonly partials: Readonly<Record<string, unknown>>;
    readonly decorators: Readonly<Record<string, unknown>>;
    readonly hooks: Readonly<Record<string, unknown>>;
    readonly protoAccessControl: unknown;
  }
  interface Environment {
    template(spec: unknown): (context: unknown, options: RuntimeOptions) => string;
  }
  const runtime: { create(): Environment };

  export type { Environment, Program, RuntimeOptions };
  export default runtime;
}

declare module 'handlebars/dist/cjs/handlebars.js' {
  interface Lexer {
    readonly match: string;
    readonly yylloc: {
      readonly first_line: number;
      readonly first_column: number;
      readonly last_column: number;
    };
  }
  const compiler: {
    parse(text: string): hbs.AST.Program;
    precompile(program: hbs.AST.Program, options: Readonly<Record<string, unknown>>): string;
    readonly Parser: { readonly lexer: Lexer };
  };
  export default compiler;
}
