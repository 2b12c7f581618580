/** The goals, and how each is computed from what was measured. */

import type { Quantity } from './measure/quantities.ts';
import type { Round } from './measure/rounds.ts';
import type { Size } from './measure/stage.ts';

export interface Row {
  readonly row: number;
  readonly what: string;
  /** Undefined for what only explains another row. */
  readonly goal: number | undefined;
  /** Values of `size` that are measured together. */
  readonly size: Size;
  readonly needs: readonly Quantity[];
  /** Of one round; the median of all rounds counts. */
  readonly value: (round: Round) => number;
}

/** The sizes of `--quick` are a tenth of these. */
export interface Sizes {
  readonly small: number;
  readonly large: number;
  readonly double: number;
}

export function rowsFor({ small, large, double }: Sizes): readonly Row[] {
  const growth = (from: number, size: number, quantity: Quantity): Row => ({
    row: 8,
    what: `exponent of growth of \`check\` − bare, ${from} → ${size} hosts`,
    goal: 1.1,
    size,
    needs: ['check', quantity, 'bare'],
    value: ({ check, bare, [quantity]: part }) => exponent((check - bare) / (part - bare), size / from),
  });
  const perYaml = (size: Size): Row => ({
    row: 3,
    what: `\`check\` ÷ yaml, ${size} hosts`,
    goal: 1.4,
    size,
    needs: ['check', 'yaml'],
    value: ({ check, yaml }) => check / yaml,
  });
  const rules = (what: string, quantity: Quantity, linear: boolean): Row => {
    const yaml = linear ? 'linear yaml of many flows' : 'yaml of many flows';
    const unlike = linear ? ' that looks for no equal keys' : '';
    return {
      row: 9,
      what: `all rules on ${what} ÷ yaml${unlike}, ${large} hosts with four flows each`,
      goal: 0.5,
      size: large,
      needs: [quantity, yaml],
      value: round => round[quantity] / round[yaml],
    };
  };
  const rulesGrowth = (what: string, quantity: Quantity, part: Quantity): Row => ({
    row: 9,
    what: `exponent of growth of all rules on ${what}, ${small} → ${large} hosts`,
    goal: 1.1,
    size: large,
    needs: [quantity, part],
    value: round => exponent(round[quantity] / round[part], large / small),
  });
  const memory = (size: Size, goal: number): Row => ({
    row: 10,
    what: `peak memory of \`check\` ÷ bare, ${size === 'root' ? 'root' : `${size} hosts`}`,
    goal,
    size,
    needs: ['check memory', 'bare memory'],
    value: round => round['check memory'] / round['bare memory'],
  });
  const toBare = (row: number, what: string, size: Size, quantity: Quantity, goal: number): Row => ({
    row,
    what,
    goal,
    size,
    needs: [quantity, 'bare'],
    value: round => round[quantity] / round.bare,
  });
  const atLarge = { size: large } as const;
  return [
    toBare(1, '`--help` ÷ bare', 'root', 'help', 1.3),
    toBare(1, '`--version` ÷ bare', 'root', 'version', 1.3),
    toBare(2, '`check` of the root topology ÷ bare', 'root', 'check', 3.5),
    toBare(2, 'unchanged `render` of the root topology ÷ bare', 'root', 'unchanged', 3.5),
    perYaml(small),
    perYaml(large),
    {
      ...atLarge,
      row: 4,
      what: `\`check\` without parsing ÷ \`diff -rq\`, ${large} hosts`,
      goal: 2.5,
      needs: ['check', 'parse', 'bare', 'diff'],
      value: ({ check, parse, bare, diff }) => (check - parse + bare) / diff,
    },
    {
      ...atLarge,
      row: 4,
      what: `listing, reading, hashing and cutting into lines ÷ \`diff -rq\`, ${large} hosts`,
      goal: undefined,
      needs: ['reading alone', 'diff'],
      value: round => round['reading alone'] / round.diff,
    },
    {
      ...atLarge,
      row: 5,
      what: `fresh \`render\` without parsing ÷ \`tar xf\`, ${large} hosts`,
      goal: 3,
      needs: ['fresh', 'parse', 'bare', 'tar'],
      value: ({ fresh, parse, bare, tar }) => (fresh - parse + bare) / tar,
    },
    {
      ...atLarge,
      row: 5,
      what: `writing, syncing and renaming alone ÷ \`tar xf\`, ${large} hosts`,
      goal: undefined,
      needs: ['writing alone', 'tar'],
      value: round => round['writing alone'] / round.tar,
    },
    {
      ...atLarge,
      row: 6,
      what: `unchanged \`render\` ÷ \`check\`, ${large} hosts`,
      goal: 1.1,
      needs: ['unchanged', 'check'],
      value: ({ unchanged, check }) => unchanged / check,
    },
    {
      row: 6,
      what: `files that an unchanged \`render\` writes, ${small} hosts`,
      goal: 0,
      size: small,
      needs: ['rewritten'],
      value: round => round.rewritten,
    },
    {
      ...atLarge,
      row: 7,
      what: `\`render\` after a change of one line ÷ \`check\`, ${large} hosts`,
      goal: 1.1,
      needs: ['turned', 'check'],
      value: ({ turned, check }) => turned / check,
    },
    {
      row: 7,
      what: `files written beyond those that differ, ${small} hosts`,
      goal: 0,
      size: small,
      needs: ['written beyond the change'],
      value: round => round['written beyond the change'],
    },
    growth(small, large, 'check at a tenth'),
    growth(large, double, 'check at a half'),
    rules('a clean topology', 'rules on many flows', false),
    rules('weak spots', 'rules on weak spots', false),
    rules('a clean topology', 'rules on many flows', true),
    rules('weak spots', 'rules on weak spots', true),
    rulesGrowth('a clean topology', 'rules on many flows', 'rules on many flows at a tenth'),
    rulesGrowth('weak spots', 'rules on weak spots', 'rules on weak spots at a tenth'),
    memory('root', 2),
    memory(small, 8),
    memory(large, 30),
  ];
}

/** By which power of the size something grows. */
const exponent = (ratio: number, ofSizes: number): number => Math.log(ratio) / Math.log(ofSizes);
