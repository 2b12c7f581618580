/** Writing Markdown (CommonMark 0.31) so that a value stays a value: in text, in a code span, in a fenced block. */

/** CommonMark ends lines at LF and CR and replaces NUL. */
const UNCARRIED = /[\0\n\r\ud800-\udfff]/u;

/**
 * A value inside a paragraph or heading. ASCII punctuation with a meaning gets a backslash; at the start of the value
 * also what would open a list, quote, heading or thematic break, as the value may start the line, and at its end a `#`,
 * which a heading would drop.
 */
export function markdownText(value: string): string | undefined {
  if (value === '' || UNCARRIED.test(value) || /^\s|\s$/.test(value)) return undefined;
  return value.replace(/[\\`*_[\]<&~|$]|^[#>+=-]|(?<=.)#$/gs, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** A value as a code span: more backticks around it than in a row inside, blanks where CommonMark would cut one. */
export function codeSpan(value: string): string | undefined {
  if (value === '' || UNCARRIED.test(value)) return undefined;
  const ticks = '`'.repeat(longestRun(value) + 1);
  const pad = /^`|`$/.test(value) || (/^ .* $/s.test(value) && /[^ ]/.test(value)) ? ' ' : '';
  return `${ticks}${pad}${value}${pad}${ticks}`;
}

/** A fenced block; the fence is longer than any run of backticks inside. The language is one word or nothing. */
export function codeBlock(lines: readonly string[], language: string): string | undefined {
  if (!/^[a-z0-9-]*$/.test(language) || lines.some(line => UNCARRIED.test(line))) return undefined;
  const fence = '`'.repeat(lines.reduce((length, line) => Math.max(length, longestRun(line) + 1), 3));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
