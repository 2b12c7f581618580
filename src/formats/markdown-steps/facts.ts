import type { ReadError, ReadFact, TakeFound } from '../../artifacts/artifact.ts';
import { push } from '../../multimap.ts';
import type { MarkdownBlock, StepsDocument } from './read.ts';
import { isBlank, scanSteps } from './scan.ts';

/**
 * `title`, `intro/text[0]`, `step 1` (its title), `step 1/text[0]` per line of text, `step 1/sh[0]` per line of a `sh`
 * block that is not blank, other languages alike (`code` without one); counted per step over all its blocks.
 */
export function stepsFacts(doc: StepsDocument): ReadFact[] {
  const facts: ReadFact[] = [];
  if (doc.title !== '') facts.push({ at: 'title', value: doc.title, line: doc.titleLine });
  addBlocks(facts, 'intro', doc.intro);
  for (const step of doc.steps) {
    facts.push({ at: `step ${step.number}`, value: step.title, line: step.line });
    addBlocks(facts, `step ${step.number}`, step.blocks);
  }
  return facts;
}

/** The same facts one by one, without a document, and the errors. */
export function findSteps(text: string, take: TakeFound): ReadError[] {
  const errors: ReadError[] = [];
  let part = 'intro';
  /** Kind of the open block. */
  let name = '';
  /** Next counts of this part, those of the two usual kinds by themselves. */
  let texts = 0;
  let commands = 0;
  let others: Map<string, number> | undefined;
  const next = (): number => {
    if (name === 'text') return texts++;
    if (name === 'sh') return commands++;
    others ??= new Map();
    const count = others.get(name) ?? 0;
    others.set(name, count + 1);
    return count;
  };
  scanSteps(text, {
    title: (title, line) => {
      if (title !== '') take('title', '', -1, title, line);
    },
    step: (number, title, line) => {
      part = `step ${number}`;
      texts = 0;
      commands = 0;
      others = undefined;
      take(part, '', -1, title, line);
    },
    open: (kind, language) => {
      name = kind === 'text' ? 'text' : language || 'code';
    },
    content: (value, line) => {
      if (!isBlank(value)) take(part, name, next(), value, line);
    },
    error: (line, message) => void errors.push({ line, message }),
  });
  return errors;
}

function addBlocks(facts: ReadFact[], place: string, blocks: readonly MarkdownBlock[]): void {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    const name = block.kind === 'text' ? 'text' : block.language || 'code';
    const at = `${place}/${name}`;
    let count = counts.get(name) ?? 0;
    for (let index = 0; index < block.lines.length; index++) {
      const value = block.lines[index]!;
      if (isBlank(value)) continue;
      facts.push({ at: `${at}[${count++}]`, value, line: block.line + index });
    }
    counts.set(name, count);
  }
}

/** The value of a text that `markdownText` wrote: backslash escapes of ASCII punctuation undone (CommonMark §2.4). */
export const plainMarkdown = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** The contents of the code spans of one line, in order (CommonMark §6.1). */
export function codeSpans(line: string): readonly string[] {
  const runs = [...line.matchAll(/(?<!`)`+(?!`)/g)];
  const spans: string[] = [];
  const next = new Map<number, number[]>();
  runs.forEach((run, index) => {
    push(next, run[0].length, index);
  });
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index]!;
    const same = next.get(run[0].length)!;
    while (same[0] !== undefined && same[0] <= index) same.shift();
    const close = same[0];
    if (close === undefined || isEscaped(line, run.index)) continue;
    const content = line.slice(run.index + run[0].length, runs[close]!.index);
    spans.push(/^ .* $/s.test(content) && /[^ ]/.test(content) ? content.slice(1, -1) : content);
    index = close;
  }
  return spans;
}

/** A backslash takes one backtick out of a run outside of code; our own text escapes every one of them. */
function isEscaped(line: string, index: number): boolean {
  let at = index;
  while (line[at - 1] === '\\') at--;
  return (index - at) % 2 === 1;
}
