/**
 * PVE's encoding of free text in `jobs.cfg` (`comment`) and `user.cfg`: UTF-8, then `%XX` for everything outside
 * printable ASCII and for `%` and `:`. Source: pve-common `src/PVE/Tools.pm`, `encode_text`/`decode_text`.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const PERCENT = 0x25;
const COLON = 0x3a;
/** Printable ASCII without those two. */
const PLAIN = /^[ -$&-9;-~]*$/;

/** `Flow 1: all` → `Flow 1%3A all`. Blanks stay. The result is one line of ASCII for any text. */
export function encodePveText(text: string): string {
  if (PLAIN.test(text)) return text;
  let encoded = '';
  for (const byte of encoder.encode(text)) {
    const plain = byte >= 0x20 && byte <= 0x7e && byte !== PERCENT && byte !== COLON;
    encoded += plain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** The reverse; text that is not encoded passes through, a `%` without two hex digits too. */
export function decodePveText(text: string): string {
  if (!text.includes('%')) return text;
  const bytes = encoder.encode(text);
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const high = bytes[at] === PERCENT ? hexDigit(bytes[at + 1]) : -1;
    const low = high === -1 ? -1 : hexDigit(bytes[at + 2]);
    decoded[length] = low === -1 ? (bytes[at] ?? 0) : high * 16 + low;
    length += 1;
    if (low !== -1) at += 2;
  }
  return decoder.decode(decoded.subarray(0, length));
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
