/**
 * Reader of APPLY.md: a title, an introduction, then numbered steps `## N. Title` made of text lines and fenced blocks.
 * It knows the block structure that this layout needs (CommonMark 0.31 §4.2 headings, §4.5 fences) and nothing of other
 * Markdown.
 */
import type { ReadError } from '../../artifacts/artifact.ts';

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

type OpenBlock = MarkdownBlock & { readonly lines: string[] };

const CONTROL = /[\0\r]/;
/** What a line of a fence or heading may begin with. */
const MAY_MARK = ' #`~';
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/s;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/s;
const STEP = /^([1-9]\d{0,8})\. (.+)$/s;

export function readSteps(text: string): StepsDocument {
  const lines = text.split('\n');
  const state: Reading = { title: undefined, intro: [], steps: [], blocks: [], open: undefined, errors: [] };
  state.blocks = state.intro;
  let fence: string | undefined;
  const hasControl = CONTROL.test(text);
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (hasControl && CONTROL.test(content)) {
      state.errors.push({ line, message: 'a control character that Markdown takes for a line end' });
    }
    // Nearly all lines begin with a letter, and need no regular expression.
    const mayMark = MAY_MARK.includes(content.charAt(0));
    const [, marks, info = ''] = (mayMark ? FENCE.exec(content) : null) ?? [];
    const heading = mayMark ? HEADING.exec(content) : null;
    if (fence !== undefined) {
      if (marks?.startsWith(fence) && isBlank(info)) fence = state.open = undefined;
      else state.open?.lines.push(content);
    } else if (marks !== undefined && !(marks.startsWith('`') && info.includes('`'))) {
      fence = marks;
      begin(state, { kind: 'code', language: /[^ \t]+/.exec(info)?.[0] ?? '', line: line + 1, lines: [] });
    } else if (heading !== null) {
      state.open = undefined;
      readHeading(state, heading[1] ?? '', (heading[2] ?? '').replace(/(?:^|[ \t]+)#*[ \t]*$/, ''), line);
    } else if (isBlank(content)) state.open = undefined;
    else if (state.open === undefined) begin(state, { kind: 'text', language: '', line, lines: [content] });
    else state.open.lines.push(content);
  }
  const { title, intro, steps, errors } = state;
  if (fence !== undefined)
    errors.push({ line: (state.open?.line ?? 2) - 1, message: 'the code block is not closed' });
  if (title === undefined) errors.push({ line: 1, message: 'there is no title' });
  return { lines, title: title?.text ?? '', titleLine: title?.line ?? 1, intro, steps, errors };
}

interface Reading {
  title: { readonly text: string; readonly line: number } | undefined;
  readonly intro: OpenBlock[];
  readonly steps: MarkdownStep[];
  /** Where blocks go: the introduction or the last step. */
  blocks: OpenBlock[];
  /** The block that takes the next line. */
  open: OpenBlock | undefined;
  readonly errors: ReadError[];
}

function begin(state: Reading, block: OpenBlock): void {
  state.blocks.push(block);
  state.open = block;
}

function readHeading(state: Reading, marks: string, text: string, line: number): void {
  const step = marks === '##' ? STEP.exec(text) : null;
  const due = state.steps.length + 1;
  if (step !== null) {
    if (Number(step[1]) !== due)
      state.errors.push({ line, message: `step ${step[1]} where step ${due} is due` });
    state.blocks = [];
    state.steps.push({ number: Number(step[1]), title: step[2] ?? '', line, blocks: state.blocks });
  } else if (marks === '#' && state.title === undefined && state.steps.length === 0)
    state.title = { text, line };
  else
    state.errors.push({ line, message: `"${marks} ${text}" is neither the title nor a step "## N. Title"` });
}

/** The first character tells for nearly all lines. */
export const isBlank = (text: string): boolean =>
  text === '' || (text.charCodeAt(0) <= 32 && /^[ \t]*$/.test(text));
