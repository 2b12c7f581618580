/** What is said of a name that nothing in the topology has. */
import { atValue, type Diagnostic, type TopologyPath } from './diagnostic.ts';

/** @param what the kind of thing that the name is to be of, in words. */
export const unresolved = (what: string, name: string, path: TopologyPath, help: string): Diagnostic => ({
  code: 'unresolved-reference',
  severity: 'error',
  message: `no ${what} is named \`${name}\``,
  place: atValue(path),
  help,
});

/** Names that a message lists. */
const LISTED = 8;

/** `known: a, b and 3 more`; there is at least one. */
export function knownText(names: Iterable<string>, count: number): string {
  const known: string[] = [];
  for (const name of names) {
    if (known.push(`\`${name}\``) === LISTED) break;
  }
  return `known: ${known.join(', ')}${count > known.length ? ` and ${count - known.length} more` : ''}`;
}
