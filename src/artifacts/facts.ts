/** Builds the expected facts of a file, counting repeated places as the readers do. Shares no code with them. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Fact } from './artifact.ts';

export interface FactList {
  readonly facts: Fact[];
  /** A place that occurs once. */
  one(at: string, value: string, causes: readonly TopologyPath[]): void;
  /** A place that may repeat: `at` gets `[0]`, `[1]`, … */
  next(at: string, value: string, causes: readonly TopologyPath[]): void;
}

export function factList(): FactList {
  const facts: Fact[] = [];
  const counts = new Map<string, number>();
  return {
    facts,
    one: (at, value, causes) => void facts.push({ at, value, causes }),
    next(at, value, causes) {
      const count = counts.get(at) ?? 0;
      counts.set(at, count + 1);
      facts.push({ at: `${at}[${count}]`, value, causes });
    },
  };
}
