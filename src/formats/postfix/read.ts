/**
 * Readers of Postfix's files: `main.cf` (postconf(5)) and tables of type `texthash` (texthash in DATABASE_README,
 * postmap(1)). In both a line that begins with white space continues the one before; `#` begins a comment only as the
 * first character that is not white space.
 */
import type { ReadError, ReadResult, TakeFound } from '../../artifacts/artifact.ts';
import { collectFacts } from '../collect.ts';

export interface PostfixEntry {
  readonly key: string;
  /** Continuation lines joined, outer blanks removed; may be empty in `main.cf`. */
  readonly value: string;
  /** First line of the entry, from 1. */
  readonly line: number;
}

export interface PostfixDocument {
  /** In file order, repeated ones included. */
  readonly entries: readonly PostfixEntry[];
  readonly errors: readonly ReadError[];
}

interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

/** Neither blanks nor line feeds. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f]/;
const PARAMETER = /^([A-Za-z0-9_]+)[ \t]*=(.*)$/s;

/** Parameters of a `main.cf`; one that is set twice counts as an error, since only the last has an effect. */
export const readMainCf = (text: string): PostfixDocument =>
  readEntries(text, ({ text: content }) => {
    const match = PARAMETER.exec(content);
    return match === null ? 'expected "parameter = value"' : { key: match[1]!, value: match[2]!.trim() };
  });

/** Entries of a table: a key without blanks, then its value. Of a key given twice Postfix takes the last. */
export const readTable = (text: string): PostfixDocument =>
  readEntries(text, ({ text: content }) => {
    let end = 0;
    while (end < content.length && !isBlank(content.charCodeAt(end))) end++;
    const key = content.slice(0, end);
    if (end === content.length || key.includes('"')) return 'expected a key, white space and a value';
    while (isBlank(content.charCodeAt(end))) end++;
    return { key, value: content.slice(end) };
  });

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** One fact per entry, at its key; gives the errors. */
export function tellPostfix({ entries, errors }: PostfixDocument, take: TakeFound): readonly ReadError[] {
  for (const { key, value, line } of entries) take(key, '', -1, value, line);
  return errors;
}

/** The same as a list. */
export function postfixFacts(document: PostfixDocument): ReadResult {
  return { facts: collectFacts(take => tellPostfix(document, take)), errors: document.errors };
}

type Read = (line: LogicalLine) => { readonly key: string; readonly value: string } | string;

function readEntries(text: string, read: Read): PostfixDocument {
  const entries: PostfixEntry[] = [];
  const { lines, errors } = logicalLines(text);
  const first = new Map<string, number>();
  for (const content of lines) {
    const { line } = content;
    const found = read(content);
    if (typeof found === 'string') {
      errors.push({ line, message: found });
      continue;
    }
    const earlier = first.get(found.key);
    if (earlier === undefined) first.set(found.key, line);
    else errors.push({ line, message: `"${found.key}" stands in line ${earlier} already` });
    entries.push({ key: found.key, value: found.value, line });
  }
  return { entries, errors };
}

function logicalLines(text: string): { lines: LogicalLine[]; errors: ReadError[] } {
  const lines: LogicalLine[] = [];
  const errors: ReadError[] = [];
  const raws = text.split('\n');
  const hasControl = CONTROL.test(text);
  for (let index = 0; index < raws.length; index++) {
    const raw = raws[index]!;
    const line = index + 1;
    if (hasControl && CONTROL.test(raw)) errors.push({ line, message: 'a control character' });
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const before = lines.at(-1);
    if (!/^\s/.test(raw)) lines.push({ text: content, line });
    else if (before === undefined) errors.push({ line, message: 'a continuation of no line' });
    else lines[lines.length - 1] = { text: `${before.text} ${content}`, line: before.line };
  }
  return { lines, errors };
}
