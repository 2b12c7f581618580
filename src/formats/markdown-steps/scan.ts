/**
 * The lines of an APPLY.md, told one by one: a title, an introduction, then numbered steps `## N. Title` made of text
 * lines and fenced blocks. It knows the block structure that this layout needs (CommonMark 0.31 §4.2 headings, §4.5
 * fences) and nothing of other Markdown.
 */

/** Takes what a text holds, in the order of its lines (from 1). */
export interface StepsHandler {
  title(text: string, line: number): void;
  step(number: number, title: string, line: number): void;
  /**
   * A run of text lines, or a fenced block, whose first line of content is `line`. The language of a fence is the
   * first word of its info string; empty for text.
   */
  open(kind: 'text' | 'code', language: string, line: number): void;
  /** A line of the block that was opened last. */
  content(text: string, line: number): void;
  error(line: number, message: string): void;
}

const CONTROL = /[\0\r]/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/s;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/s;
const STEP = /^([1-9]\d{0,8})\. (.+)$/s;
const HASH = 0x23;
const BACKTICK = 0x60;
const TILDE = 0x7e;

export function scanSteps(text: string, handler: StepsHandler): void {
  const state: Scan = { handler, fence: undefined, isOpen: false, hasTitle: false, steps: 0 };
  const hasControl = CONTROL.test(text);
  let opened = 1;
  let line = 0;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const content = text.slice(start, end);
    start = end + 1;
    line++;
    if (hasControl && CONTROL.test(content))
      handler.error(line, 'a control character that Markdown takes for a line end');
    // Nearly all lines are no mark, and need no regular expression.
    const mark = markOf(content);
    if (state.fence !== undefined) {
      if (mark > HASH && closes(content, state.fence)) close(state);
      else handler.content(content, line);
    } else if (mark > HASH && opens(state, content, line)) opened = line;
    else if (mark === HASH && readHeading(state, content, line)) state.isOpen = false;
    else if (isBlank(content)) state.isOpen = false;
    else {
      if (!state.isOpen) handler.open('text', '', line);
      state.isOpen = true;
      handler.content(content, line);
    }
  }
  if (state.fence !== undefined) handler.error(opened, 'the code block is not closed');
  if (!state.hasTitle) handler.error(1, 'there is no title');
}

interface Scan {
  readonly handler: StepsHandler;
  /** What opened the code block. */
  fence: string | undefined;
  /** Whether a run of text takes the next line. */
  isOpen: boolean;
  hasTitle: boolean;
  steps: number;
}

/** The character that may begin a heading or fence, behind at most three blanks; 0 for most lines. */
function markOf(line: string): number {
  let at = 0;
  while (at < 3 && line.charCodeAt(at) === 0x20) at++;
  const code = line.charCodeAt(at);
  return code === HASH || code === BACKTICK || code === TILDE ? code : 0;
}

function close(state: Scan): void {
  state.fence = undefined;
  state.isOpen = false;
}

function closes(line: string, fence: string): boolean {
  if (line === fence) return true;
  const [, marks, info = ''] = FENCE.exec(line) ?? [];
  return marks?.startsWith(fence) === true && isBlank(info);
}

function opens(state: Scan, content: string, line: number): boolean {
  // As nearly every block of ours begins.
  if (content === '```sh') {
    state.fence = '```';
    state.handler.open('code', 'sh', line + 1);
    return true;
  }
  const [, marks, info = ''] = FENCE.exec(content) ?? [];
  if (marks === undefined || (marks.startsWith('`') && info.includes('`'))) return false;
  state.fence = marks;
  state.handler.open('code', /[^ \t]+/.exec(info)?.[0] ?? '', line + 1);
  return true;
}

function readHeading(state: Scan, content: string, line: number): boolean {
  const { handler } = state;
  // As nearly every heading of ours is.
  const plain = plainStep(content);
  if (plain > 0) {
    takeStep(state, Number(content.slice(3, plain)), content.slice(plain + 2), line);
    return true;
  }
  const heading = HEADING.exec(content);
  if (heading === null) return false;
  const marks = heading[1] ?? '';
  const text = headingText(heading[2] ?? '');
  const step = marks === '##' ? STEP.exec(text) : null;
  if (step !== null) takeStep(state, Number(step[1]), step[2] ?? '', line);
  else if (marks === '#' && !state.hasTitle && state.steps === 0) {
    state.hasTitle = true;
    handler.title(text, line);
  } else handler.error(line, `"${marks} ${text}" is neither the title nor a step "## N. Title"`);
  return true;
}

function takeStep(state: Scan, number: number, title: string, line: number): void {
  const due = ++state.steps;
  if (number !== due) state.handler.error(line, `step ${number} where step ${due} is due`);
  state.handler.step(number, title, line);
}

/** Where the number of `## N. Title` ends, if that is all that the line is made of: no blank or `#` to cut off; else 0. */
function plainStep(line: string): number {
  if (!line.startsWith('## ')) return 0;
  let end = 3;
  while (isDigit(line.charCodeAt(end))) end++;
  const isNumber = end > 3 && end <= 12 && line.charCodeAt(3) !== 0x30;
  if (!isNumber || !line.startsWith('. ', end) || end + 2 >= line.length) return 0;
  const last = line.charCodeAt(line.length - 1);
  return last > 0x20 && last !== HASH ? end : 0;
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Without the closing run of `#`, and without blanks at the end. */
function headingText(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last === HASH || last <= 0x20 ? text.replace(/(?:^|[ \t]+)#*[ \t]*$/, '') : text;
}

/** The first character tells for nearly all lines. */
export const isBlank = (text: string): boolean =>
  text === '' || (text.charCodeAt(0) <= 32 && /^[ \t]*$/.test(text));
