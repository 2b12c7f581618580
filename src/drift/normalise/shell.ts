/**
 * Scripts: the assignments of the head by name, the code as a sequence of lines. Blanks at line ends mean nothing, and
 * outside of here-documents neither do blank lines and comments.
 */
import { readShell } from '../../formats/shell/read.ts';
import type { Normaliser, Statement } from '../statement.ts';
import { property, understood } from './build.ts';

export const shell: Normaliser = text => {
  const { lines, assignments, errors } = readShell(text);
  const ofHead = new Set(assignments.map(({ line }) => line));
  const exact = text.includes('<<');
  const code: Statement[] = lines.flatMap((content, index) => {
    const line = index + 1;
    const value = content.replace(/[ \t\r]+$/, '');
    const silent = value.trim() === '' || (/^[ \t]*#/.test(value) && line > 1);
    if (ofHead.has(line) || (silent && !exact) || (value === '' && line === lines.length)) return [];
    return [{ at: 'code', value, meaning: exact ? content : value.trim(), line, ordered: true as const }];
  });
  const named = assignments.map(({ name, value, line }) => property('', name, { value, line }));
  return understood([], [...named, ...code], errors);
};
