/**
 * Splits one simple command into words as a POSIX shell does (XCU 2.2, 2.6.7). Gives undefined as soon as the line holds
 * anything but literal words: expansions, operators, globs, comments, unbalanced quotes.
 */
export function splitShellWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ' || line[at] === '\t') {
      at++;
      continue;
    }
    const word = readShellWord(line, at);
    if (word === undefined) return undefined;
    words.push(word.text);
    at = word.end;
  }
  return words;
}

const SPECIAL = new Set('|&;<>()$`*?[]{}!\n\r\0');
const ESCAPED_IN_DOUBLE = new Set('$`"\\');

/** The word that starts at an index, up to a blank or the end; undefined when it is not literal. */
export function readShellWord(line: string, start: number): { text: string; end: number } | undefined {
  if (line[start] === '~' || line[start] === '#') return undefined;
  let text = '';
  let at = start;
  while (at < line.length && line[at] !== ' ' && line[at] !== '\t') {
    const character = line[at] ?? '';
    if (character === "'") {
      const close = line.indexOf("'", at + 1);
      if (close < 0) return undefined;
      text += line.slice(at + 1, close);
      at = close + 1;
    } else if (character === '"') {
      const quoted = readDouble(line, at + 1);
      if (quoted === undefined) return undefined;
      text += quoted.text;
      at = quoted.end;
    } else if (character === '\\') {
      const next = line.codePointAt(at + 1);
      if (next === undefined || next === 10) return undefined;
      const literal = String.fromCodePoint(next);
      text += literal;
      at += 1 + literal.length;
    } else if (SPECIAL.has(character)) return undefined;
    else {
      text += character;
      at++;
    }
  }
  return { text, end: at };
}

function readDouble(line: string, start: number): { text: string; end: number } | undefined {
  let text = '';
  for (let at = start; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '"') return { text, end: at + 1 };
    if (character === '$' || character === '`') return undefined;
    if (character === '\\' && ESCAPED_IN_DOUBLE.has(line[at + 1] ?? '')) {
      at++;
      text += line[at];
    } else text += character;
  }
  return undefined;
}
