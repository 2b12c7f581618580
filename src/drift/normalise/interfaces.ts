/**
 * ifupdown2's files: stanzas of one interface are one, in any order; the commands of an interface run in theirs. Options
 * that take one value (`mtu`) and those that repeat (`up`) compare alike.
 */
import { interfacesFacts, readInterfaces } from '../../formats/interfaces/read.ts';
import type { Normaliser } from '../statement.ts';
import { property, singleBlanks, understood } from './build.ts';

const COMMAND = /\/(?:pre-up|up|post-up|pre-down|down|post-down)$/;

export const interfaces: Normaliser = text => {
  const document = readInterfaces(text);
  const statements = interfacesFacts(document).map(({ at, value, line }) => {
    const place = at.replace(/\[\d+\]$/, '');
    const statement = property('', place, { value, meaning: singleBlanks(value), line });
    return COMMAND.test(place) ? { ...statement, ordered: true as const } : statement;
  });
  return understood([], once(statements), document.errors);
};

/** A stanza that is written in two parts says its family and method twice. */
function once<T extends { readonly at: string; readonly meaning: string }>(
  statements: readonly T[],
): readonly T[] {
  const seen = new Set<string>();
  return statements.filter(({ at, meaning }) => {
    if (!at.endsWith('/stanza') && !/^(?:auto|allow-\S+)$/.test(at)) return true;
    const key = `${at} ${meaning}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}
