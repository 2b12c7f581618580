/** Rules over rendered files: they run when everything is rendered, and errors keep the files from being written. */
import type { Decision } from '../analyses/network/decision.ts';
import type { NetworkProof } from '../analyses/network/proof.ts';
import type { CodeEntry, Place, Related, TopologyPath } from '../diagnostics/diagnostic.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Finding } from './rule.ts';

/** The topology path that caused a line of a rendered file. */
export type CauseOf = (at: NonNullable<Decision['at']>) => TopologyPath | undefined;

export interface NetworkRule extends CodeEntry {
  /** Kebab-case, equal to the file name. */
  readonly id: string;
  check(proof: NetworkProof, causeOf: CauseOf): Iterable<Finding>;
}

/** Where a decision stands: the rendered line, and what caused it in the topology. */
export function decided(message: string, { text, at, path }: Decision, causeOf: CauseOf): Related[] {
  const related = (place: Place, says: string): Related => ({ message: says, place });
  if (at === undefined) return path === undefined ? [] : [related(atValue(path), `${message}: ${text}`)];
  const line = related({ kind: 'file', file: `out/${at.file}`, line: at.line }, `${message}: ${text}`);
  const cause = causeOf(at);
  return cause === undefined ? [line] : [line, related(atValue(cause), `${message}: where this comes from`)];
}

/** `… and 3 more connections` */
export const others = (count: number): string =>
  count < 2 ? '' : ` and ${count - 1} more connection${count === 2 ? '' : 's'}`;
