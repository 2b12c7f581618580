/** Strings and texts that try to break out of their place. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';

const PIECES = [
  '\0',
  '\n',
  '\r',
  '\t',
  ' ',
  '\x0b',
  '\x1c',
  '\x7f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\ud800',
  'é',
  '😀',
  '"',
  "'",
  '`',
  '%',
  '%%',
  '%i',
  '%(a)s',
  '$',
  '$$',
  '$' + '{x}',
  '$IFACE',
  '\\',
  '\\n',
  '\\;',
  '\\134',
  '#',
  ';',
  ',',
  '=',
  ':',
  '-',
  '--',
  '~',
  '!',
  '*',
  '|',
  '&',
  '<',
  '>',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '/',
  '.',
  '1.',
  '```',
  'a',
  'b',
  '0',
];

/** A value: any code points, or pieces that mean something somewhere. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 }),
);

/** A file: lines of the given fragments of a format between hostile pieces. */
export const hostileText = (...fragments: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    hostileString,
    fc
      .array(
        fc.array(fc.constantFrom(...fragments, ...PIECES), { maxLength: 6 }).map(parts => parts.join('')),
        { maxLength: 10 },
      )
      .map(lines => lines.join('\n')),
  );

/** What every reader promises of any text: no exception, the text kept whole, lines of facts and errors within it. */
export function holdsForAnyText<Doc extends { readonly errors: readonly { line: number }[] }>(
  read: (text: string) => Doc,
  facts: (doc: Doc) => readonly { line: number }[],
  wholeText: (doc: Doc) => string,
  ...fragments: readonly string[]
): void {
  fc.assert(
    fc.property(hostileText(...fragments), text => {
      const doc = read(text);
      const last = text.split('\n').length;
      if (wholeText(doc) !== text) throw new Error('the text is not kept');
      for (const { line } of [...facts(doc), ...doc.errors]) {
        if (line < 1 || line > last) throw new Error(`line ${line} of ${last}`);
      }
    }),
    { numRuns: 500 },
  );
}

/** Facts as `at=value`, for tables. */
export const pairs = (facts: readonly { at: string; value: string }[]): string[] =>
  facts.map(({ at, value }) => `${at}=${value}`);

/** Errors as `line: message`. */
export const messages = (errors: readonly { line: number; message: string }[]): string[] =>
  errors.map(({ line, message }) => `${line}: ${message}`);

/** Whether a real tool is here. Where CI must have it a missing tool fails; elsewhere the test is skipped aloud. */
export function hasTool(path: string): boolean {
  try {
    execFileSync('/usr/bin/env', ['sh', '-c', 'command -v -- "$1"', 'sh', path], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['CI']) throw new Error(`${path} is missing`);
    process.stderr.write(`skipped: ${path} is missing\n`);
    return false;
  }
}
