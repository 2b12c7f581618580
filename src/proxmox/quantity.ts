/**
 * The sizes, rates and durations of a topology: a number with a unit, always. A bare number would leave the reader
 * guessing between bits and bytes, 1000 and 1024, minutes and hours.
 */
import { parseByteSize, UNIT_BYTES } from './byte-size.ts';

/** Either a number in the base unit, or what is allowed (for a diagnostic's help). */
export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly reason: string };

const SIZE_UNITS = Object.keys(UNIT_BYTES).join(', ');
const bad = (reason: string): Quantity => ({ ok: false, reason });

/** `200 GiB`, `1.5 TB` → bytes. The unit must be spelled as listed: `Mb` and `m` are too easily meant otherwise. */
export function parseSize(text: string): Quantity {
  const match = /^([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([A-Za-z]+)$/.exec(text);
  const unit = match?.[2] ?? '';
  if (match === null || !Object.hasOwn(UNIT_BYTES, unit)) {
    return bad(`a size is a number and a unit, for example "200 GiB"; units: ${SIZE_UNITS}`);
  }
  const size = parseByteSize(text);
  if (size === undefined || size.bytes > Number.MAX_SAFE_INTEGER) return bad('a size is less than 8192 TiB');
  if (size.bytes < 1) return bad('a size is at least 1 B');
  return { ok: true, value: size.bytes };
}

const BIT_UNITS: Readonly<Record<string, number>> = { kbit: 1e3 / 8, Mbit: 1e6 / 8, Gbit: 1e9 / 8 };

/** `40 MiB/s` or `500 Mbit/s` → bytes per second. */
export function parseRate(text: string): Quantity {
  const units = `B/s … PiB/s as for sizes, ${Object.keys(BIT_UNITS)
    .map(unit => `${unit}/s`)
    .join(', ')}`;
  const help = `a rate is a number and a unit per second, for example "40 MiB/s" or "500 Mbit/s"; units: ${units}`;
  if (!text.endsWith('/s')) return bad(help);
  const amount = text.slice(0, -2);
  const bits = /^([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([kMG]bit)$/.exec(amount);
  if (bits !== null) {
    const value = Math.trunc(Number(bits[1]) * (BIT_UNITS[bits[2] ?? ''] ?? 0));
    return value >= 1 && Number.isSafeInteger(value) ? { ok: true, value } : bad(help);
  }
  return parseSize(amount).ok ? parseSize(amount) : bad(help);
}

const DURATION_UNITS: readonly (readonly [string, number])[] = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];
const DURATION =
  /^(?:([0-9]{1,4})w)?(?:([0-9]{1,5})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m)?(?:([0-9]{1,9})s)?$/;

/** `45m`, `1h30m`, `25s`, `30d`, `2w` → seconds. Units in falling order, each at most once; `m` is minutes. */
export function parseDuration(text: string): Quantity {
  const match = text === '' ? null : DURATION.exec(text);
  if (match === null) {
    return bad(
      'a duration is numbers with units, largest first, for example "1h30m"; units: w, d, h, m (minutes), s',
    );
  }
  const value = DURATION_UNITS.reduce(
    (sum, [, seconds], index) => sum + Number(match[index + 1] ?? 0) * seconds,
    0,
  );
  return value > 0 ? { ok: true, value } : bad('a duration is longer than 0');
}

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
