/** Parts that the normalisers of several formats share. */
import type { ReadError } from '../../artifacts/artifact.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { hasPlaceholder } from '../mask.ts';
import { isSecretName } from '../secret-names.ts';
import type { Section, Statement, Understood } from '../statement.ts';

export const understood = (
  sections: readonly Section[],
  statements: readonly Statement[],
  damage: readonly ReadError[],
  foreign: readonly Section[] = [],
): Understood => ({ sections, statements, damage, foreign });

/** A property of a section (`''`: of the file); secret by its name, by `secret`, or by the placeholder in it. */
export function property(
  section: string,
  key: string,
  { value, meaning = value, line, secret, silent }: Given,
): Statement {
  const at = section === '' ? key : `${section}/${wordOf(key)}`;
  const hidden = secret === true || isSecretName(key) || hasPlaceholder(value);
  return {
    ...(section === '' ? {} : { section }),
    at,
    value,
    meaning,
    line,
    ...(hidden ? { secret: true as const } : {}),
    ...(silent === true ? { silent } : {}),
  };
}

/** Longer ones are nobody's words, but 44 characters are a key of WireGuard. */
const LONGEST_KEY = 40;
const WORD = /^[A-Za-z][\w-]*$/;

/** A key as it may be printed: on a line that is none of key and value, it may be anything. */
export const wordOf = (key: string): string => (key.length <= LONGEST_KEY && WORD.test(key) ? key : '…');

interface Given {
  readonly value: string;
  readonly meaning?: string;
  readonly line: number;
  readonly secret?: boolean;
  readonly silent?: boolean;
}

/** A list without order: `b,a` and `a,b` are the same. */
export const sortedList = (items: readonly string[]): string => [...new Set(items)].sort(byBytes).join(',');

/** Of entries with one key the last, in the order of their first. */
export const lastOfEach = <T>(entries: readonly T[], keyOf: (entry: T) => string): readonly T[] => [
  ...new Map(entries.map(entry => [keyOf(entry), entry])).values(),
];

/** Runs of blanks as one, where no quote gives them a meaning. */
export const singleBlanks = (text: string): string =>
  /["'\\]/.test(text) ? text : text.replace(/[ \t]+/g, ' ').trim();
