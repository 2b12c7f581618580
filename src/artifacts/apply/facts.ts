/** What an APPLY.md must say, line by line as it says it. Shares no code with its reader. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Fact, FactColumns } from '../artifact.ts';
import type { ApplyStep } from '../lowering.ts';
import type { ApplyView } from './lower.ts';

interface ApplyColumns extends FactColumns {
  readonly causes: readonly (readonly TopologyPath[])[];
}

/** @param steps what the steps of the view were made of. @param own what caused the file, and all without a cause. */
export function applyColumns(
  view: ApplyView,
  steps: readonly ApplyStep[],
  own: readonly TopologyPath[],
): ApplyColumns {
  const places: string[] = [];
  const counts: number[] = [];
  const values: string[] = [];
  const causes: (readonly TopologyPath[])[] = [];
  let cause = own;
  const add = (place: string, count: number, value: string): void => {
    places.push(place);
    counts.push(count);
    values.push(value);
    causes.push(cause);
  };
  /** Adds each line of a paragraph, and gives the count behind it. */
  const paragraph = (place: string, from: number, text: string): number => {
    let count = from;
    if (!text.includes('\n')) add(place, count++, text);
    else for (const line of text.split('\n')) add(place, count++, line);
    return count;
  };

  add('title', -1, view.title);
  let intro = 0;
  for (const text of view.intro) intro = paragraph('intro/text', intro, text);
  for (let index = 0; index < view.steps.length; index++) {
    const { number, title, paragraphs, blocks } = view.steps[index]!;
    const given = steps[index]?.causes ?? [];
    cause = given.length > 0 ? given : own;
    const at = `step ${number}`;
    const text = `${at}/text`;
    const sh = `${at}/sh`;
    add(at, -1, title);
    let texts = 0;
    let commands = 0;
    for (const one of paragraphs) texts = paragraph(text, texts, one);
    for (const { labels, lines } of blocks) {
      for (const label of labels) add(text, texts++, label);
      // Blank lines of commands say nothing.
      for (let i = 0; i < lines.length; i++) if (isNotBlank(lines[i]!)) add(sh, commands++, lines[i]!);
    }
  }
  return { places, counts, values, causes };
}

export const factsOf = ({ places, counts, values, causes }: ApplyColumns): Fact[] =>
  places.map((place, i) => ({
    at: counts[i]! < 0 ? place : `${place}[${counts[i]}]`,
    value: values[i]!,
    causes: causes[i]!,
  }));

/** Nearly all lines begin with what is no blank, and are not copied to find out. */
const isNotBlank = (line: string): boolean => line.charCodeAt(0) > 32 || line.trim() !== '';
