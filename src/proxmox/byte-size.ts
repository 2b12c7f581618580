/**
 * PBS's "HumanByte": `20 MiB`, `500000`, `1.5GB`. Source: `proxmox-human-byte/src/lib.rs`.
 * Rates in PBS files are the same type, bytes per second without `/s`.
 */
import { trim } from './plain-text.ts';

export type ByteUnit = 'B' | 'KB' | 'MB' | 'GB' | 'TB' | 'PB' | 'KiB' | 'MiB' | 'GiB' | 'TiB' | 'PiB';

export interface ByteSize {
  readonly amount: number;
  readonly unit: ByteUnit;
  /** Whole bytes, at most 2^64 (where PBS saturates); exact up to 2^53. */
  readonly bytes: number;
}

export const UNIT_BYTES: Readonly<Record<ByteUnit, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
};

const PREFIXES = 'KMGTP';
const NUMBER = /^\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * Parses a HumanByte. Any case for prefix and `B`, only a small `i`, `B` optional, no blank at either end.
 * Returns undefined for what PBS refuses, and for `inf` and `NaN`, which PBS takes and nobody means.
 */
export function parseByteSize(text: string): ByteSize | undefined {
  if (text.length > 64) return undefined;
  const { number, unit } = stripUnit(text);
  if (!NUMBER.test(number)) return undefined;
  const amount = Number(number);
  if (!Number.isFinite(amount)) return undefined;
  return { amount, unit, bytes: Math.min(Math.trunc(amount * UNIT_BYTES[unit]), 2 ** 64) };
}

function stripUnit(text: string): { number: string; unit: ByteUnit } {
  let end = text.length;
  if (/b/i.test(text.charAt(end - 1))) end -= 1;
  const binary = text.charAt(end - 1) === 'i';
  const letter = text.charAt(end - (binary ? 2 : 1)).toUpperCase();
  if (letter === '' || !PREFIXES.includes(letter)) return { number: trimEnd(text.slice(0, end)), unit: 'B' };
  const unit = `${letter}${binary ? 'i' : ''}B` as ByteUnit;
  return { number: trimEnd(text.slice(0, end - (binary ? 2 : 1))), unit };
}

/** White space is allowed between number and unit, not in front. */
const trimEnd = (text: string): string => trim(`|${text}`).slice(1);

/** The spelling that PBS writes: at most 3 decimals, one blank, unit. Rounds as PBS does, in doubles: exact below 2^43. */
export function printByteSize(size: Pick<ByteSize, 'amount' | 'unit'>): string {
  const rounded = Math.round(size.amount * 1000) / 1000;
  // Above 2^53 the product above loses nothing that matters, but JavaScript would print an exponent.
  const number = Number.isSafeInteger(Math.trunc(rounded))
    ? String(rounded)
    : BigInt(Math.trunc(size.amount)).toString();
  return `${number} ${size.unit}`;
}

/** Whole bytes in the largest unit that needs no decimals, the binary one where both fit: `200 GiB`, `20 MB`, `1 B`. */
export function byteSizeOf(bytes: number): string {
  for (const prefix of 'PTGMK') {
    for (const unit of [`${prefix}iB`, `${prefix}B`] as ByteUnit[]) {
      const factor = UNIT_BYTES[unit];
      if (bytes >= factor && bytes % factor === 0) return printByteSize({ amount: bytes / factor, unit });
    }
  }
  return `${bytes} B`;
}
