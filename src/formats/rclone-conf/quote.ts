/** Writing rclone.conf (rclone's goconfig). Values have no quoting; what two readers could read differently is refused. */

/** Comment characters, CR and the Unicode line separators are read differently by INI readers; `%(name)s` is replaced by rclone. */
const UNCARRIED = /[\0\n\r\u2028\u2029;#\\]|%\(/;
/** Go and JavaScript cut Unicode white space at the edges; a leading quote starts a quoted value. */
const BAD_EDGE = /^[\s\x85"'`]|[\s\x85"']$/;

/** A value, or undefined; the empty value means that the key is not set at all. */
export const rcloneValue = (value: string): string | undefined =>
  value === '' || UNCARRIED.test(value) || !value.isWellFormed() || BAD_EDGE.test(value) ? undefined : value;

/** A remote name that also makes an environment variable `RCLONE_CONFIG_<NAME>_<KEY>`. */
export const remoteName = (name: string): string | undefined =>
  /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name) ? name : undefined;
