/**
 * The sizes, rates and durations of a topology: a number with a unit, always. A bare number would leave the reader
 * guessing between bits and bytes, 1000 and 1024, minutes and hours.
 */
import { type ByteUnit, UNIT_BYTES } from './byte-size.ts';

/** Either a number in the base unit, or what is allowed (for a diagnostic's help). */
export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly reason: string };

const SIZE_UNITS = Object.keys(UNIT_BYTES).join(', ');
const bad = (reason: string): Quantity => ({ ok: false, reason });
const NO_SIZE = bad(`a size is a number and a unit, for example "200 GiB"; units: ${SIZE_UNITS}`);

/** `200 GiB`, `1.5 TB` → bytes. The unit must be spelled as listed: `Mb` and `m` are too easily meant otherwise. */
export function parseSize(text: string): Quantity {
  const [, number, unit = ''] = SIZE.exec(text) ?? [];
  if (number === undefined || !Object.hasOwn(UNIT_BYTES, unit)) return NO_SIZE;
  const value = Math.trunc(Number(number) * UNIT_BYTES[unit as ByteUnit]);
  if (value > Number.MAX_SAFE_INTEGER) return bad('a size is less than 8192 TiB');
  return value < 1 ? bad('a size is at least 1 B') : { ok: true, value };
}

const SIZE = /^([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([A-Za-z]+)$/;

const BIT_UNITS: Readonly<Record<string, number>> = { kbit: 1e3 / 8, Mbit: 1e6 / 8, Gbit: 1e9 / 8 };
const RATE_UNITS = ['B/s … PiB/s as for sizes', ...Object.keys(BIT_UNITS).map(unit => `${unit}/s`)].join(
  ', ',
);
const NO_RATE = bad(
  `a rate is a number and a unit per second, for example "40 MiB/s" or "500 Mbit/s"; units: ${RATE_UNITS}`,
);

/** `40 MiB/s` or `500 Mbit/s` → bytes per second. */
export function parseRate(text: string): Quantity {
  if (!text.endsWith('/s')) return NO_RATE;
  const amount = text.slice(0, -2);
  const bits = /^([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([kMG]bit)$/.exec(amount);
  if (bits !== null) {
    const value = Math.trunc(Number(bits[1]) * (BIT_UNITS[bits[2] ?? ''] ?? 0));
    return value >= 1 && Number.isSafeInteger(value) ? { ok: true, value } : NO_RATE;
  }
  const size = parseSize(amount);
  return size.ok ? size : NO_RATE;
}

/** With the most digits that one may have. */
const DURATION_UNITS: readonly (readonly [unit: string, seconds: number, digits: number])[] = [
  ['w', 604_800, 4],
  ['d', 86_400, 5],
  ['h', 3600, 6],
  ['m', 60, 7],
  ['s', 1, 9],
];

/** `45m`, `1h30m`, `25s`, `30d`, `2w` → seconds. Units in falling order, each at most once; `m` is minutes. */
export function parseDuration(text: string): Quantity {
  let value = 0;
  let next = 0;
  let at = 0;
  while (at < text.length) {
    let end = at;
    while (isDigit(text.charCodeAt(end))) end++;
    const index = DURATION_UNITS.findIndex(([unit]) => unit === text[end]);
    const [, seconds = 0, digits = 0] = DURATION_UNITS[index] ?? [];
    if (index < next || end === at || end - at > digits) return NO_DURATION;
    value += Number(text.slice(at, end)) * seconds;
    next = index + 1;
    at = end + 1;
  }
  if (text === '') return NO_DURATION;
  return value > 0 ? { ok: true, value } : bad('a duration is longer than 0');
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const NO_DURATION = bad(
  'a duration is numbers with units, largest first, for example "1h30m"; units: w, d, h, m (minutes), s',
);

/** Seconds as `parseDuration` reads them, shortest form: 5400 → `1h30m`, 0 → `0s`. */
export function printDuration(seconds: number): string {
  let rest = seconds;
  let text = '';
  for (const [unit, length] of DURATION_UNITS) {
    // Weeks only when nothing else is needed: "10d" says more than "1w3d".
    if (unit === 'w' && rest % length !== 0) continue;
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * length;
  }
  return text === '' ? '0s' : text;
}
