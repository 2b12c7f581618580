/** Reader of authorized_keys as sshd reads it (sshd(8), auth2-pubkeyfile.c): a line with any fault is ignored there. */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';
import { KEY_TYPES, keyProblem } from './key.ts';
import { type KeyOption, optionsEnd, readOptions } from './options.ts';

export interface AuthorizedKey {
  readonly line: number;
  readonly options: readonly KeyOption[];
  readonly type: string;
  /** Base64. */
  readonly key: string;
  readonly comment: string;
}

export interface AuthorizedKeysDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly keys: readonly AuthorizedKey[];
  readonly errors: readonly ReadError[];
}

export function readAuthorizedKeys(text: string): AuthorizedKeysDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const keys: AuthorizedKey[] = [];
  const first = new Map<string, number>();
  lines.forEach((content, index) => {
    const line = index + 1;
    const report = (message: string): unknown => errors.push({ line, message });
    if (/[\0\r]/.test(content)) report('a control character');
    const key = readKey(content.replace(/^[ \t]+/, ''), line, report);
    if (key === undefined) return;
    keys.push(key);
    const earlier = first.get(key.key);
    if (earlier === undefined) first.set(key.key, line);
    else report(`the key stands in line ${earlier} already, whose options count`);
  });
  return { lines, keys, errors };
}

/** `key[0]/option[0]`, `key[0]/type`, `key[0]/key`, `key[0]/comment`; an option is `name` or `name=value` unquoted. */
export function authorizedKeysFacts(doc: AuthorizedKeysDocument): ReadFact[] {
  return doc.keys.flatMap(({ line, options, type, key, comment }, index) => {
    const at = `key[${index}]`;
    const facts = options.map(({ name, value }, number) => ({
      at: `${at}/option[${number}]`,
      value: value === undefined ? name : `${name}=${value}`,
      line,
    }));
    facts.push({ at: `${at}/type`, value: type, line }, { at: `${at}/key`, value: key, line });
    if (comment !== '') facts.push({ at: `${at}/comment`, value: comment, line });
    return facts;
  });
}

function readKey(
  text: string,
  line: number,
  report: (message: string) => unknown,
): AuthorizedKey | undefined {
  if (text === '' || text.startsWith('#')) return undefined;
  let rest = text;
  let options: readonly KeyOption[] = [];
  if (!KEY_TYPES.has(/^[^ \t]*/.exec(text)?.[0] ?? '')) {
    const { end, open } = optionsEnd(text, 0);
    const read = readOptions(text.slice(0, end));
    options = read.options;
    rest = text.slice(end).replace(/^[ \t]+/, '');
    if (open) read.problems.length === 0 && report('unbalanced quotes in the options');
    for (const problem of read.problems) report(problem);
  }
  const [, type = '', key = '', comment = ''] = /^([^ \t]*)[ \t]*([^ \t]*)[ \t]*(.*)$/s.exec(rest) ?? [];
  const problem = keyProblem(type, key);
  if (problem !== undefined) report(problem);
  return { line, options, type, key, comment: comment.replace(/[ \t]+$/, '') };
}
