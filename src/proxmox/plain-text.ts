/**
 * Text as Proxmox's Rust code sees it. JavaScript's `trim`, `\s` and `length` differ from Rust's in a few characters
 * (U+0085 is white space only there, U+FEFF only here), and the readers must accept exactly what PBS accepts.
 */

/** Unicode White_Space, the class of Rust's `char::is_whitespace`. */
export function isWhitespace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Rust's `str::trim`. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text.charCodeAt(start))) start += 1;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Rust's `str::lines`: LF or CR LF ends a line, and no empty line follows the last one. Lines count from 1. */
export function eachLine(text: string, take: (line: string, number: number) => void): void {
  let number = 1;
  for (let start = 0; start < text.length; number += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) {
      take(text.slice(start), number);
      return;
    }
    const isCrLf = end > start && text.charCodeAt(end - 1) === 0x0d;
    take(text.slice(start, isCrLf ? end - 1 : end), number);
    start = end + 1;
  }
}

/** The same as a list. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  eachLine(text, line => void lines.push(line));
  return lines;
}

/** Number of Unicode scalar values, the unit of all length limits of the Proxmox schemas. */
export function scalarLength(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0xdc00 || code > 0xdfff) continue;
    const lead = text.charCodeAt(index - 1);
    if (lead >= 0xd800 && lead <= 0xdbff) length -= 1;
  }
  return length;
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** Whether the text holds a character of category Cc; PBS refuses to save such a value. */
export const hasControl = (text: string): boolean => CONTROL.test(text);

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['on', true],
  ['yes', true],
  ['true', true],
  ['0', false],
  ['off', false],
  ['no', false],
  ['false', false],
]);

/** The words that both the Rust and the Perl code take for a boolean, in any case; undefined for others. */
export const parseBoolean = (text: string): boolean | undefined =>
  text.length > 5 ? undefined : BOOLEANS.get(text.toLowerCase());

const I64_MAX = 2n ** 63n - 1n;

/** Rust's `i64::from_str`: a sign and leading zeros are fine, anything else gives undefined. */
export function parseInteger(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  // 19 digits hold every i64; a longer run of digits can only be leading zeros or out of range.
  const digits = text.replace(/^[+-]/, '').replace(/^0+(?=.)/, '');
  if (digits.length > 19) return undefined;
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
  return value > I64_MAX || value < -I64_MAX - 1n ? undefined : value;
}

/** The same for up to 15 digits without a sign, which is what nearly all integers are; undefined for all others. */
export function smallInteger(text: string): number | undefined {
  if (text.length === 0 || text.length > 15) return undefined;
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
