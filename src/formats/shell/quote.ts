/** Writing POSIX shell words (XCU 2.2). Carries everything but line ends and NUL, so that a value stays in its line. */
const UNCARRIED = /[\0\n\r]/;
/** Words no shell gives a meaning to, including `--option=value`; never empty, never a leading `~` or assignment. */
const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.,:@%+-';
const IS_PLAIN = Uint8Array.from({ length: 0x80 }, (_, code) =>
  Number(PLAIN.includes(String.fromCharCode(code))),
);
const PLAIN_OPTION = /^--[a-z][a-z0-9-]*=[A-Za-z0-9_/.,:@%+-]+$/;

/** The value in single quotes, a quote inside as `'\''`. */
export const shellQuote = (value: string): string | undefined =>
  UNCARRIED.test(value) || !value.isWellFormed() ? undefined : `'${value.replaceAll("'", "'\\''")}'`;

/** The value as one word, quoted only where it must be, for commands that people read. */
export const shellWord = (value: string): string | undefined =>
  isPlain(value) || PLAIN_OPTION.test(value) ? value : shellQuote(value);

/** There are a hundred thousand words in the steps of a large fleet. */
function isPlain(value: string): boolean {
  for (let at = 0; at < value.length; at++) if (IS_PLAIN[value.charCodeAt(at)] !== 1) return false;
  return value !== '';
}
