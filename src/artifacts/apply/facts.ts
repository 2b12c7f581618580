/** What an APPLY.md must say, line by line as it says it. Shares no code with its reader. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnList } from '../columns.ts';
import type { ApplyStep } from '../lowering.ts';
import type { ApplyView } from './lower.ts';

/** @param steps what the steps of the view were made of. @param own what caused the file, and all without a cause. */
export function applyColumns(
  view: ApplyView,
  steps: readonly ApplyStep[],
  own: readonly TopologyPath[],
): FactColumns {
  const columns = new ColumnList(lengthOf(view));
  let cause = own;
  /** Adds each line of a paragraph, and gives the count behind it. */
  const paragraph = (section: string, from: number, text: string): number => {
    let count = from;
    if (!text.includes('\n')) columns.add(section, 'text', count++, text, cause);
    else for (const line of text.split('\n')) columns.add(section, 'text', count++, line, cause);
    return count;
  };

  columns.add('title', '', -1, view.title, cause);
  let intro = 0;
  for (const text of view.intro) intro = paragraph('intro', intro, text);
  for (let index = 0; index < view.steps.length; index++) {
    const { number, title, paragraphs, blocks } = view.steps[index]!;
    const given = steps[index]?.causes ?? [];
    cause = given.length > 0 ? given : own;
    const at = `step ${number}`;
    columns.add(at, '', -1, title, cause);
    let texts = 0;
    let commands = 0;
    for (const one of paragraphs) texts = paragraph(at, texts, one);
    for (const { labels, lines } of blocks) {
      for (const label of labels) columns.add(at, 'text', texts++, label, cause);
      // Blank lines of commands say nothing.
      for (let i = 0; i < lines.length; i++)
        if (isNotBlank(lines[i]!)) columns.add(at, 'sh', commands++, lines[i]!, cause);
    }
  }
  return columns.end();
}

/** Few paragraphs have several lines, and few commands blank ones. */
function lengthOf({ intro, steps }: ApplyView): number {
  let length = 1 + intro.length;
  for (const { paragraphs, blocks } of steps) {
    length += 1 + paragraphs.length;
    for (const { labels, lines } of blocks) length += labels.length + lines.length;
  }
  return length;
}

/** Nearly all lines begin with what is no blank, and are not copied to find out. */
const isNotBlank = (line: string): boolean => line.charCodeAt(0) > 32 || line.trim() !== '';
