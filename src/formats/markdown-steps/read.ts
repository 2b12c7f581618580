/** Reader of APPLY.md: all that `scan.ts` finds, as one document. */
import type { ReadError } from '../../artifacts/artifact.ts';
import { scanSteps } from './scan.ts';

export interface MarkdownBlock {
  /** `text` is a run of lines without a blank line in between. */
  readonly kind: 'text' | 'code';
  /** Language of a fence, the first word of its info string; empty for text. */
  readonly language: string;
  /** First line of the content, which is behind the opening fence of a code block. */
  readonly line: number;
  readonly lines: readonly string[];
}

export interface MarkdownStep {
  readonly number: number;
  readonly title: string;
  readonly line: number;
  readonly blocks: readonly MarkdownBlock[];
}

export interface StepsDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly title: string;
  readonly titleLine: number;
  /** What stands between the title and the first step. */
  readonly intro: readonly MarkdownBlock[];
  readonly steps: readonly MarkdownStep[];
  readonly errors: readonly ReadError[];
}

export function readSteps(text: string): StepsDocument {
  const intro: MarkdownBlock[] = [];
  const steps: MarkdownStep[] = [];
  const errors: ReadError[] = [];
  let heading = { text: '', line: 1 };
  /** Where blocks go: the introduction or the last step. */
  let blocks = intro;
  let lines: string[] = [];
  scanSteps(text, {
    title: (title, line) => {
      heading = { text: title, line };
    },
    step: (number, title, line) => {
      blocks = [];
      steps.push({ number, title, line, blocks });
    },
    open: (kind, language, line) => {
      lines = [];
      blocks.push({ kind, language, line, lines });
    },
    content: line => void lines.push(line),
    error: (line, message) => void errors.push({ line, message }),
  });
  return { lines: text.split('\n'), title: heading.text, titleLine: heading.line, intro, steps, errors };
}
