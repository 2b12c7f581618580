/** Writing systemd unit files (systemd.syntax(7), systemd.service(5) "COMMAND LINES", systemd.unit(5) "SPECIFIERS"). */

/** systemd ends lines at NUL, LF and CR. */
const LINE_END = /[\0\n\r]/;
/** Words that mean themselves everywhere; a lone `;` would start another command. */
const PLAIN_WORD = /^[A-Za-z0-9_/.,:@+=-]+$/;
const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * The value of a setting that is one text with specifiers, such as Description=. There is no quoting there: edges are
 * cut, an odd run of final backslashes would join the next line, and the empty value means "reset".
 */
export function unitText(value: string): string | undefined {
  if (value === '' || LINE_END.test(value) || !value.isWellFormed() || /^[ \t]|[ \t]$/.test(value))
    return undefined;
  if ((/\\*$/.exec(value)?.[0].length ?? 0) % 2 === 1) return undefined;
  return value.replaceAll('%', '%%');
}

/** One word of a setting that is a list of words with quotes and specifiers, such as Environment=. */
export function unitWord(word: string): string | undefined {
  if (PLAIN_WORD.test(word)) return word;
  if (word.includes('\0') || !word.isWellFormed()) return undefined;
  const escaped = word.replace(
    /[\\"\x01-\x1f\x7f]/g,
    character => NAMED[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped.replaceAll('%', '%%')}"`;
}

/** One argument of an Exec line: as `unitWord`, and `$` doubled against the expansion of variables. */
export const execWord = (word: string): string | undefined => unitWord(word)?.replaceAll('$', '$$$$');

/** The program of an Exec line: an absolute path. Variables are not expanded there, so `$` stays single. */
export const execPath = (path: string): string | undefined =>
  path.startsWith('/') ? unitWord(path) : undefined;
