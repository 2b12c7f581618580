/** Writing authorized_keys (sshd(8) "AUTHORIZED_KEYS FILE FORMAT"; auth-options.c, misc.c opt_dequote). */
const UNCARRIED = /[\0\n\r\ud800-\udfff]/u;

/**
 * One option with a value, quoted. `\"` is the only escape and other backslashes are literal, so a final backslash would
 * swallow the closing quote: it cannot be written.
 */
export const keyOption = (name: string, value: string): string | undefined =>
  UNCARRIED.test(value) || value.endsWith('\\') ? undefined : `${name}="${value.replaceAll('"', '\\"')}"`;

/** The comment behind a key: the rest of the line, without blanks at the edges. */
export const keyComment = (comment: string): string | undefined =>
  UNCARRIED.test(comment) || /^[ \t]|[ \t]$/.test(comment) ? undefined : comment;
