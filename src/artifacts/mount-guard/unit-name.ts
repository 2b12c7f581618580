/** Names of systemd units that belong to paths (systemd.unit(5) "STRING ESCAPING FOR INCLUSION IN UNIT NAMES"). */

/** systemd takes no longer unit names (UNIT_NAME_MAX counts the final NUL). */
const LONGEST = 255;
/** Kept as they are, but not a dot that would start the name. */
const KEPT = /[A-Za-z0-9:_.]/;
const ASCII = /^[\x00-\x7f]*$/;
const ESCAPED = /^\.|[^A-Za-z0-9:_./]/g;
const hex = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/**
 * Name of the unit for an absolute path without `//`, `.` and `..`, as `systemd-escape -p --suffix=SUFFIX` gives it.
 * Undefined where it would be too long for systemd 252.
 */
export function pathUnit(path: string, suffix: 'mount' | 'automount'): string | undefined {
  const name = `${escapePath(path)}.${suffix}`;
  return name.length <= LONGEST ? name : undefined;
}

function escapePath(path: string): string {
  const relative = path.replace(/^\/+|\/+$/g, '');
  if (relative === '') return '-';
  if (ASCII.test(relative)) return relative.replace(ESCAPED, hex).replaceAll('/', '-');
  let escaped = '';
  for (const byte of new TextEncoder().encode(relative)) {
    const character = String.fromCharCode(byte);
    if (character === '/') escaped += '-';
    else if (byte < 0x80 && KEPT.test(character) && !(escaped === '' && character === '.'))
      escaped += character;
    else escaped += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return escaped;
}
