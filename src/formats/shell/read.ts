/**
 * Reader of rendered POSIX sh scripts: a head of literal assignments `NAME='value'`, then code that is compared line by
 * line. It does not interpret the code.
 */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';
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
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (/[\0\r]/.test(content)) errors.push({ line, message: 'a control character becomes part of a word' });
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
export function shellFacts(doc: ShellDocument): ReadFact[] {
  const byLine = new Map(doc.assignments.map(assignment => [assignment.line, assignment]));
  const facts: ReadFact[] = [];
  let rest = 0;
  doc.lines.forEach((content, index) => {
    const line = index + 1;
    const assignment = byLine.get(line);
    if (assignment !== undefined) facts.push({ at: assignment.name, value: assignment.value, line });
    else if (content !== '' || line < doc.lines.length)
      facts.push({ at: `line[${rest++}]`, value: content, line });
  });
  return facts;
}

/** The value of one literal word with nothing behind it. */
function literal(text: string): string | undefined {
  const word = readShellWord(text, 0);
  return word !== undefined && word.end === text.length ? word.text : undefined;
}
