/**
 * Keeps secrets of live files out of reports. What also stands in the rendered file is public, since that file holds no
 * secrets; of everything else only what cannot be one is shown.
 */
import { push } from '../multimap.ts';
import { TEXT_SHAPES, VALUE_SHAPES } from '../validate/secret-shapes.ts';
import { NAMED_SECRET } from './secret-names.ts';
import type { Statement, Understood } from './statement.ts';

export const SECRET = '(secret)';
const UNFILLED = '(placeholder, not filled in)';

/** Longest value that is shown; a line of a script may be a file of its own. */
const MOST_SHOWN = 300;
/** Each is looked for in each text that is shown: a second guard only, which may not take long. */
const MOST_SECRETS = 500;
/** Shorter secrets would blot out ordinary words. */
const SHORTEST_SECRET = 4;

export interface Mask {
  /** A live value as it may be printed. */
  statement(statement: Statement): string;
  /** A reader's message about a line of the live file: readers quote what they do not understand. */
  message(message: string, line: number): string;
}

const PLACEHOLDER = /@@offsite:[^@]*@@/;

/** Whether a value is, or holds, a placeholder of a secret. */
export const hasPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);

export function maskFor(renderedText: string, liveText: string, live: Understood): Mask {
  const isPublic = (text: string): boolean => text !== '' && renderedText.includes(text);
  const secrets = live.statements
    .filter(({ secret, value }) => secret && value.length >= SHORTEST_SECRET && !isPublic(value))
    .map(({ value }) => value)
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_SECRETS);
  const text = (given: string): string => shortened(withoutSecrets(given, isPublic, secrets));
  const lines = liveText.split('\n');
  const names = namesOf(live);
  const valuesByLine = new Map<number, string[]>();
  for (const { secret, value, line } of live.statements) if (secret !== true) push(valuesByLine, line, value);
  // What was not understood may be the rest of a secret: only what a value of the line shows anyway is quoted.
  const quotation = (inner: string, line: number): string => {
    if (isPublic(inner) || names.has(inner) || OWN_WORDS.has(inner)) return inner;
    const values = valuesByLine.get(line)?.filter(value => value.includes(inner)) ?? [];
    if (values.length === 0) return '…';
    const isShown = values.some(value => withoutSecrets(value, isPublic, secrets).includes(inner));
    return isShown ? shortened(inner) : SECRET;
  };
  return {
    statement: ({ secret, value }) =>
      hasPlaceholder(value) ? UNFILLED : secret ? SECRET : value === '' ? '(set)' : text(value),
    message(message, line) {
      // A quote in the line itself would end the quotation early.
      const quoted = lines[line - 1]?.includes('"') === true ? /"(.*)"/gs : /"([^"]*)"/g;
      const shown = message.replace(quoted, (whole, inner: string, at: number) =>
        // What is missing is not in the file.
        message.startsWith(' is missing', at + whole.length) ? whole : `"${quotation(inner, line)}"`,
      );
      return secrets.reduce((said, secret) => said.replaceAll(secret, SECRET), shown);
    },
  };
}

/** What readers quote of themselves. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...['TYPE: ID', 'KEY: VALUE', 'key = value', 'Key=value', '#', ':', ',', '%', 'acl'],
  ...['# BEGIN offsite', '# END offsite', '# BEGIN offsite" … "# END offsite'],
]);

/** Names are no secrets: of sections, and of properties. */
function namesOf({ sections, statements }: Understood): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { id, name } of sections) names.add(id).add(name);
  for (const { at } of statements) names.add(at.slice(at.lastIndexOf('/') + 1));
  return names;
}

function withoutSecrets(
  given: string,
  isPublic: (text: string) => boolean,
  secrets: readonly string[],
): string {
  if (isPublic(given)) return given;
  let text = given;
  for (const secret of secrets) text = text.replaceAll(secret, SECRET);
  // Where a secret begins and ends in a command or a list, nobody can tell.
  for (const [, , value = ''] of text.matchAll(NAMED_SECRET)) if (!isPublic(value)) return SECRET;
  for (const { pattern } of TEXT_SHAPES)
    text = text.replace(pattern, whole => (isPublic(whole) ? whole : SECRET));
  return text.replace(/[A-Za-z0-9+/=$._-]{20,}/g, word => {
    const bare = word.replace(/^[A-Za-z_]+=(?=.{20})/, '');
    const looksSecret = VALUE_SHAPES.some(({ pattern }) => pattern.test(word) || pattern.test(bare));
    return looksSecret && !isPublic(bare) ? SECRET : word;
  });
}

const shortened = (text: string): string =>
  text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
