/**
 * Reader of rendered POSIX sh scripts: a head of literal assignments `NAME='value'`, then code that is compared line by
 * line. It does not interpret the code.
 */
import type { ReadError, ReadFact, TakeFound } from '../../artifacts/artifact.ts';
import { collectFacts } from '../collect.ts';
import { readShellWord } from './words.ts';

export interface ShellAssignment {
  readonly line: number;
  readonly name: string;
  readonly value: string;
}

export interface ShellDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  /** Assignments of the head: it ends at the first line that is no comment, blank, `set` or literal assignment. */
  readonly assignments: readonly ShellAssignment[];
  readonly errors: readonly ReadError[];
}

const CONTROL = /[\0\r]/;
const HEAD_LINE = /^(?:#.*|[ \t]*|set [-+][A-Za-z]+(?: [-+][A-Za-z]+)*)$/;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;

export function readShell(text: string): ShellDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const assignments: ShellAssignment[] = [];
  if (!/^#!\/bin\/sh(?: |$)/.test(lines[0] ?? ''))
    errors.push({ line: 1, message: 'the script does not start with #!/bin/sh' });
  if (lines.at(-1) !== '') errors.push({ line: lines.length, message: 'the last line is not ended' });
  const first = new Map<string, number>();
  let head = true;
  const hasControl = CONTROL.test(text);
  for (let index = 0; index < lines.length && (head || hasControl); index++) {
    const content = lines[index]!;
    const line = index + 1;
    if (hasControl && CONTROL.test(content))
      errors.push({ line, message: 'a control character becomes part of a word' });
    if (!head || HEAD_LINE.test(content)) continue;
    const name = ASSIGNMENT.exec(content)?.[1];
    const value = name === undefined ? undefined : literal(content.slice(name.length + 1));
    if (name === undefined || value === undefined) {
      head = false;
      continue;
    }
    assignments.push({ line, name, value });
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, line);
    else errors.push({ line, message: `${name} is assigned in line ${earlier} already` });
  }
  return { lines, assignments, errors };
}

/** A fact `NAME` per assignment of the head, and `line[n]` for each other line in order, n from 0. */
export const shellFacts = (doc: ShellDocument): ReadFact[] => collectFacts(take => tell(doc, take));

/** The same fact by fact, from a text; gives the errors. */
export function findShell(text: string, take: TakeFound): readonly ReadError[] {
  const document = readShell(text);
  tell(document, take);
  return document.errors;
}

function tell({ lines, assignments }: ShellDocument, take: TakeFound): void {
  let next = 0;
  let rest = 0;
  for (let index = 0; index < lines.length; index++) {
    const content = lines[index]!;
    const line = index + 1;
    const assignment = assignments[next];
    if (assignment?.line === line) {
      take(assignment.name, '', -1, assignment.value, line);
      next++;
    } else if (content !== '' || line < lines.length) take('line', '', rest++, content, line);
  }
}

/** The value of one literal word with nothing behind it. */
function literal(text: string): string | undefined {
  const word = readShellWord(text, 0);
  return word !== undefined && word.end === text.length ? word.text : undefined;
}
