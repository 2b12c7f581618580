/**
 * Words of unit settings as systemd splits them: quotes, C escapes, specifiers, variables and `;`
 * (systemd.service(5) "COMMAND LINES"; extract_first_word and cunescape of systemd's sources).
 */

export interface UnitWord {
  /** Quotes and escapes undone, `%%` and `$$` made single. */
  readonly text: string;
  /** Specifiers and variables that systemd would still replace, as written: `%t`, `$HOME`, `${HOME}`. */
  readonly expansions: readonly string[];
}

export interface ExecCommand {
  /** Special characters before the path, such as `-` or `+`. */
  readonly prefix: string;
  readonly path: UnitWord;
  readonly args: readonly UnitWord[];
}

interface RawWord {
  readonly text: string;
  /** Exactly as in the file. */
  readonly source: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
};
const CODED = /(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y;

/** Splits an Exec value into its commands; `error` says why systemd would refuse it. */
export function splitExec(value: string): {
  readonly commands: readonly ExecCommand[];
  readonly error?: string;
} {
  const { words, error } = rawWords(value);
  const commands: ExecCommand[] = [];
  let current: RawWord[] = [];
  const finish = (): void => {
    const [first] = current;
    if (first !== undefined) commands.push(command(first, current.slice(1)));
    current = [];
  };
  for (const word of words) {
    if (word.source === ';') finish();
    else current.push(word.source === '\\;' ? { ...word, text: ';' } : word);
  }
  finish();
  return error === undefined ? { commands } : { commands, error };
}

/** Whether systemd takes an Exec value: it can be split, and each of its commands is an absolute path. */
export function isExec(value: string): boolean {
  const { words, error } = rawWords(value);
  if (error !== undefined) return false;
  let isFirst = true;
  for (const { text, source } of words) {
    if (isFirst && source !== ';' && !ABSOLUTE.test(text)) return false;
    isFirst = source === ';';
  }
  return true;
}

/** Special characters, then a path; a specifier may stand for one. */
const ABSOLUTE = /^[@\-:+!|]*[/%]/;

/** Splits a setting that is a list of words without variables, such as Environment=. */
export function splitWords(value: string): { readonly words: readonly UnitWord[]; readonly error?: string } {
  const { words, error } = rawWords(value);
  return {
    words: words.map(word => expand(word.text, SPECIFIERS)),
    ...(error === undefined ? {} : { error }),
  };
}

function command(first: RawWord, rest: readonly RawWord[]): ExecCommand {
  const prefix = /^[@\-:+!|]*/.exec(first.text)?.[0] ?? '';
  // ":" switches off the expansion of variables.
  const variables = prefix.includes(':') ? SPECIFIERS : EXPANSIONS;
  return {
    prefix,
    path: expand(first.text.slice(prefix.length), SPECIFIERS),
    args: rest.map(word => expand(word.text, variables)),
  };
}

const SPECIFIERS = /%(.?)/gsu;
const EXPANSIONS = /%(.?)|\$(?:\$|\{[^}]*\}|[A-Za-z_][A-Za-z0-9_]*)/gsu;

function expand(text: string, pattern: RegExp): UnitWord {
  // Nearly every word is plain.
  if (!text.includes('%') && !text.includes('$')) return { text, expansions: [] };
  const expansions: string[] = [];
  const plain = text.replace(pattern, found => {
    if (found === '%%' || found === '$$') return found.slice(1);
    expansions.push(found);
    return found;
  });
  return { text: plain, expansions };
}

function rawWords(value: string): { words: RawWord[]; error?: string } {
  const words: RawWord[] = [];
  let at = 0;
  for (;;) {
    while (isBlank(value[at])) at++;
    if (at >= value.length) return { words };
    const start = at;
    let quote = '';
    // What has no special character stands as it is.
    while (at < value.length && !isSpecial(value.charCodeAt(at))) at++;
    let text = value.slice(start, at);
    const isPlain = at >= value.length || isBlank(value[at]);
    for (; at < value.length && (quote !== '' || !isBlank(value[at])); at++) {
      const character = value[at] ?? '';
      if (character === '\\') {
        const unescaped =
          quote === '' && value[at + 1] === ';' ? { text: ';', length: 1 } : unescapeAt(value, at + 1);
        if (unescaped === undefined) return { words, error: `unknown escape "${value.slice(at, at + 2)}"` };
        text += unescaped.text;
        at += unescaped.length;
      } else if (character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else text += character;
    }
    if (quote !== '') return { words, error: 'unbalanced quotes' };
    words.push({ text, source: isPlain ? text : value.slice(start, at) });
  }
}

/** The escape behind a backslash. Codes above 0x7f are single bytes, which no text of ours is made of. */
function unescapeAt(value: string, at: number): { text: string; length: number } | undefined {
  const simple = ESCAPES[value[at] ?? ''];
  if (simple !== undefined) return { text: simple, length: 1 };
  CODED.lastIndex = at;
  const found = CODED.exec(value);
  if (found === null) return undefined;
  const [all, byte, short, long, octal] = found;
  const code =
    octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  const bytes = byte !== undefined || octal !== undefined;
  if (code === 0 || code > (bytes ? 0x7f : 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { text: String.fromCodePoint(code), length: all.length };
}

const isSpecial = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0x22 || code === 0x27 || code === 0x5c;

const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\n' || character === '\r';
