/**
 * Regular expressions of the Rust `regex` crate (https://docs.rs/regex, "Syntax"), as far as it matters here: refuse
 * what that crate refuses, and say the rest in JavaScript. The crate has no look-around and no back-references.
 */

const TOKEN =
  /\\[pPxu]\{[^{}]*\}|\\[pP][A-Za-z]|\\[\s\S]|\(\?P?<?[=!]|\(\?P<|\[:\^?\w+:\]|\{\d+(?:,\d*)?\}|[\s\S]/gu;
const INNER_FLAGS = /\(\?[imsuxU-]+\)/g;

type Translation = { readonly source: string; readonly flags: string } | { readonly problem: string };

/** What is wrong with a pattern for Rust, or undefined. */
export function rustRegexProblem(source: string): string | undefined {
  const translated = translate(source);
  if ('problem' in translated) return translated.problem;
  // Flags in the middle are fine in Rust; JavaScript has no word for them, so only the rest can be compiled.
  const body = translated.source.replace(INNER_FLAGS, '');
  try {
    new RegExp(body, translated.flags);
    return undefined;
  } catch {
    return 'the pattern does not parse';
  }
}

/** The pattern as a JavaScript expression of the same meaning, unanchored; undefined when it cannot be said. */
export function rustRegex(source: string): RegExp | undefined {
  const translated = translate(source);
  if ('problem' in translated) return undefined;
  try {
    return new RegExp(translated.source, translated.flags);
  } catch {
    return undefined;
  }
}

function translate(source: string): Translation {
  const leading = /^\(\?([ims]+)\)/.exec(source);
  const flags = `v${[...new Set(leading?.[1] ?? '')].join('')}`;
  let out = '';
  let depth = 0;
  let opened = false;
  for (const [token] of source.slice(leading?.[0].length ?? 0).matchAll(TOKEN)) {
    const piece = depth > 0 ? inClass(token, opened) : outsideClass(token);
    if (typeof piece !== 'string') return piece;
    const closes = token === ']' && depth > 0 && !opened;
    if (token === '[') depth += 1;
    if (closes) depth -= 1;
    // A `]` right after `[` or `[^` is a member, not the end.
    opened = token === '[' || (token === '^' && opened);
    out += piece;
  }
  return { source: out, flags };
}

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
  space: '\\t\\n\\v\\f\\r ',
};

function inClass(token: string, opened: boolean): string | { problem: string } {
  if (token.startsWith('\\')) return token.length > 2 ? longEscape(token) : escapeOf(token.charAt(1));
  const named = /^\[:(\^?)(\w+):\]$/.exec(token);
  if (named !== null) {
    const members = POSIX[named[2] ?? ''];
    return members === undefined ? { problem: `unknown class ${token}` } : `[${named[1]}${members}]`;
  }
  if (token === ']' && opened) return '\\]';
  // JavaScript wants these escaped inside a class, and reads a few doubled ones as operators.
  return token.replace(/[(){}/|]/gu, '\\$&');
}

function outsideClass(token: string): string | { problem: string } {
  if (token.startsWith('\\')) return token.length > 2 ? longEscape(token) : escapeOf(token.charAt(1));
  if (/^\(\?P?<?[=!]$/.test(token)) return { problem: 'look-around and back-references are not supported' };
  if (token === '(?P<') return '(?<';
  if (token === ']' || token === '}') return `\\${token}`;
  if (token.startsWith('[:')) return `[${token.slice(1, -1)}]`;
  return token;
}

/** `\p{L}`, `\pL`, `\p{Greek}` and `\x{41}`: JavaScript names scripts in full and writes `u` for `x`. */
function longEscape(token: string): string | { problem: string } {
  const kind = token.charAt(1);
  const name = token.slice(2).replace(/^\{|\}$/g, '');
  const spellings =
    kind === 'x' || kind === 'u' ? [`\\u{${name}}`] : [`\\${kind}{${name}}`, `\\${kind}{Script=${name}}`];
  return spellings.find(compiles) ?? { problem: `unknown escape "${token}"` };
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'v');
    return true;
  } catch {
    return false;
  }
}

function escapeOf(char: string): string | { problem: string } {
  if (char === 'A') return '(?<![\\s\\S])';
  if (char === 'z') return '(?![\\s\\S])';
  if (/[1-9k]/.test(char)) return { problem: 'back-references are not supported' };
  if (/[dDsSwWbBnrtfvxupP]/.test(char)) return `\\${char}`;
  if (char === 'a') return '\\x07';
  if (char === '') return { problem: 'the pattern ends in a backslash' };
  if (/[0-9A-Za-z]/.test(char)) return { problem: `unknown escape "\\${char}"` };
  // Rust lets any ASCII punctuation be escaped, JavaScript only what has a meaning.
  const code = char.charCodeAt(0);
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : { problem: `unknown escape "\\${char}"` };
}
