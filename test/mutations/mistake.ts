/** What a mutation of the root topology is, and how it is put into the text. */

/** A text that must be there exactly once, and what stands there instead. */
export type Edit = readonly [find: string, replace: string];

export interface Mistake {
  readonly name: string;
  /** Edits before the mistake, so that there is something to spoil; what they cause is not counted. */
  readonly given?: readonly Edit[];
  readonly edit: Edit;
  /**
   * What must be found that was not: `severity code` on one of the edited lines, or
   * `severity code at section/name/key`, the line on which that key stands.
   */
  readonly finds: readonly string[];
  /** Codes that come with it, as consequences, anywhere. */
  readonly brings?: readonly string[];
  /** Where a finding was there before: what a message newly says. */
  readonly tells?: string;
}

export interface Unknowable {
  readonly name: string;
  readonly edit: Edit;
  /** Why nothing in the topology gives it away. */
  readonly why: string;
}

export interface Harmless {
  readonly name: string;
  readonly edits: readonly Edit[];
}

export function edited(text: string, [find, replace]: Edit): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`the topology has ${after === undefined ? 'no' : 'several'} ${JSON.stringify(find)}`);
  return before + replace + after;
}

export interface Change {
  /** Lines of the new text that differ, from 1; `last` is below `first` where lines were only taken out. */
  readonly first: number;
  readonly last: number;
  /** Where a line of the old text is now. */
  moved(line: number): number;
}

export function changeBetween(before: string, after: string): Change {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shortest = Math.min(old.length, now.length);
  let head = 0;
  while (head < shortest && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const last = now.length - tail;
  const moved = (line: number): number => {
    if (line <= head) return line;
    return line > old.length - tail
      ? line + now.length - old.length
      : Math.min(line, Math.max(last, head + 1));
  };
  return { first: head + 1, last, moved };
}

/** The line, from 1, of a key below other keys: of each step the first line below the one before that begins with it. */
export function lineAt(text: string, steps: string): number {
  const lines = text.split('\n').map(line => line.trim());
  let next = 0;
  for (const step of steps.split('/')) {
    const found = lines.findIndex((line, index) => index >= next && line.startsWith(`${step}:`));
    if (found < 0) throw new Error(`the topology has no ${steps}`);
    next = found + 1;
  }
  return next;
}
