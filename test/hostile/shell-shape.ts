/**
 * The shape of shell text: where words, operators, expansions and line ends are, not what is in the words. A value that
 * is one word has the shape of any other; one that gets out of its quotes changes it.
 */
import type { OutFile } from '../../src/emit/change.ts';

const OPERATORS = new Set('|&;<>()');
const EXPANDED = new Set('$`*?[]{}!~');
const ESCAPED_IN_DOUBLE = new Set('$`"\\');

/** The shape of each line of each command and script, by kind of file, without order. */
export function shellShapes(files: readonly OutFile[]): readonly string[] {
  return files
    .flatMap(({ path, text }) => {
      const shell = path.endsWith('.md') ? commandsOf(text) : text.startsWith('#!/bin/') ? text : '';
      return shapeOf(shell).split('\n');
    })
    .filter(shape => shape !== '')
    .sort();
}

const commandsOf = (text: string): string =>
  [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map(([, commands]) => commands).join('\n');

/** One character each: `w` starts a word, `$` is an expansion in it, operators and line ends stand for themselves. */
export function shapeOf(text: string): string {
  let shape = '';
  let isInWord = false;
  const enter = (): void => {
    if (!isInWord) shape += 'w';
    isInWord = true;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === ' ' || character === '\t') isInWord = false;
    else if (character === '\n' || OPERATORS.has(character)) {
      shape += character;
      isInWord = false;
    } else if (character === '#' && !isInWord) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end - 1;
    } else {
      enter();
      if (character === "'") {
        const close = text.indexOf("'", at + 1);
        if (close < 0) return `${shape}unbalanced`;
        at = close;
      } else if (character === '"') {
        for (at++; text[at] !== '"'; at++) {
          if (at >= text.length) return `${shape}unbalanced`;
          if (text[at] === '\\' && ESCAPED_IN_DOUBLE.has(text[at + 1] ?? '')) at++;
          else if (text[at] === '$' || text[at] === '`') shape += '$';
        }
      } else if (character === '\\') at++;
      else if (EXPANDED.has(character)) shape += '$';
    }
  }
  return shape;
}
