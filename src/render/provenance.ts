/** Line ↔ topology: facts that were meant know their causes, facts that were read know their line. */
import type { Fact, ReadFact } from '../artifacts/artifact.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';

/** A rendered line (from 1) and the topology paths that caused it, each once. */
export interface LineCauses {
  readonly line: number;
  readonly causes: readonly TopologyPath[];
}

/**
 * The causes of every line that states something, by line. Takes two lists that `compareFacts` found equal; throws a
 * `RangeError` for lists of different length.
 */
export function lineCauses(expected: readonly Fact[], found: readonly ReadFact[]): readonly LineCauses[] {
  if (expected.length !== found.length) throw new RangeError('facts and text were not verified');
  const lines = new Map<number, Map<string, TopologyPath>>();
  for (const [i, { line }] of found.entries()) {
    const causes = lines.get(line) ?? new Map<string, TopologyPath>();
    for (const path of expected[i]!.causes) causes.set(JSON.stringify(path), path);
    lines.set(line, causes);
  }
  return [...lines]
    .map(([line, causes]) => ({ line, causes: [...causes.values()] }))
    .sort((a, b) => a.line - b.line);
}
