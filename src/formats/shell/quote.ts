/** Writing POSIX shell words (XCU 2.2). Carries everything but line ends and NUL, so that a value stays in its line. */
const UNCARRIED = /[\0\n\r]/;
/** Words no shell gives a meaning to, including `--option=value`; never empty, never a leading `~` or assignment. */
const PLAIN = /^[A-Za-z0-9_/.,:@%+-]+$/;
const PLAIN_OPTION = /^--[a-z][a-z0-9-]*=[A-Za-z0-9_/.,:@%+-]+$/;

/** The value in single quotes, a quote inside as `'\''`. */
export const shellQuote = (value: string): string | undefined =>
  UNCARRIED.test(value) || !value.isWellFormed() ? undefined : `'${value.replaceAll("'", "'\\''")}'`;

/** The value as one word, quoted only where it must be, for commands that people read. */
export const shellWord = (value: string): string | undefined =>
  PLAIN.test(value) || PLAIN_OPTION.test(value) ? value : shellQuote(value);
