/** Writing /etc/network/interfaces for ifupdown2, which has no quoting at all: a value fits or it does not. */

/**
 * ifupdown2 replaces every backslash by a blank, hands a file with a `%` to a template engine, reads CR as a line end
 * and replaces `$IFACE` (its networkinterfaces.py).
 */
const UNCARRIED = /[\0\n\r\\%]|\$IFACE/;
/** What Python calls white space, which is cut at the edges of a value, and what JavaScript calls so in addition. */
const BLANK_EDGE = /^[\s\x1c-\x1f\x85]|[\s\x1c-\x1f\x85]$/;

/** An option value, such as the command of an `up` line; undefined when the format cannot carry it. */
export const interfacesValue = (value: string): string | undefined =>
  value === '' || UNCARRIED.test(value) || !value.isWellFormed() || BLANK_EDGE.test(value)
    ? undefined
    : value;

/** An interface name: at most 15 characters (IFNAMSIZ), none that ifupdown2 takes for a range or a variable. */
export const interfaceName = (name: string): string | undefined =>
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/.test(name) ? name : undefined;
