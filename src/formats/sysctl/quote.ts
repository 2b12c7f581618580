/** Writing sysctl.d files (sysctl.conf(5), sysctl.d(5)): there is no quoting. */

/** A value as it is, or undefined: no line ends, no blanks at the edges, not empty. */
export const sysctlValue = (value: string): string | undefined =>
  value === '' || /[\0\n\r]/.test(value) || !value.isWellFormed() || /^[ \t\v\f]|[ \t\v\f]$/.test(value)
    ? undefined
    : value;

/** A key in dotted form. A part that holds dots itself (a VLAN interface) needs slashes between the parts. */
export function sysctlKey(parts: readonly string[]): string | undefined {
  if (
    parts.length < 2 ||
    !parts.every(part => /^[A-Za-z0-9_:@.-]+$/.test(part) && part !== '.' && part !== '..')
  ) {
    return undefined;
  }
  if (parts[0]?.startsWith('-')) return undefined;
  return parts.join(parts.some(part => part.includes('.')) ? '/' : '.');
}
