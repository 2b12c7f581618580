import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { firstInvalidByte } from './utf8.ts';

/** Bytes that an input file may have unless an option raises it: 32 MiB. */
export const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** Always true: the input is no text at all, which ends the program with exit code 2 and not 1. */
      readonly unreadable: true;
      /** What could be read of it, with U+FFFD where it could not, so that a code frame can be shown. */
      readonly text: string;
      readonly diagnostics: readonly Diagnostic[];
    };

/**
 * Decodes an input file as UTF-8. A UTF-8 byte order mark is dropped, so that line 1 column 1 is the first
 * character an editor shows; CRLF is kept (the YAML parser takes it as a line break). Refused are other
 * encodings, malformed UTF-8, NUL, and more than `maxBytes` bytes.
 */
export function decodeTopology(bytes: Uint8Array, { maxBytes = DEFAULT_MAX_BYTES } = {}): Decoded {
  if (bytes.length > maxBytes) return tooLarge(bytes.length, maxBytes);
  const encoding = foreignEncoding(bytes);
  if (encoding !== undefined) return foreign(encoding);
  const body = hasUtf8Mark(bytes) ? bytes.subarray(3) : bytes;
  const text = decodeStrictly(body);
  if (text === undefined) return malformed(body);
  const nul = text.indexOf('\0');
  return nul < 0 ? { ok: true, text } : binary(text, nul);
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const hasUtf8Mark = (bytes: Uint8Array): boolean => startsWith(bytes, [0xef, 0xbb, 0xbf]);

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean =>
  prefix.every((byte, i) => bytes[i] === byte);

/** Marks first, longest first; then the YAML 1.2.2 §5.2 rule: ASCII as first character betrays UTF-16/32. */
function foreignEncoding(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0xff, 0xfe, 0, 0])) return 'UTF-32LE';
  if (startsWith(bytes, [0, 0, 0xfe, 0xff])) return 'UTF-32BE';
  if (startsWith(bytes, [0xff, 0xfe])) return 'UTF-16LE';
  if (startsWith(bytes, [0xfe, 0xff])) return 'UTF-16BE';
  const zeros = [0, 1, 2, 3].map(i => bytes[i] === 0 && bytes.length > i).join();
  if (zeros === 'true,true,true,false') return 'UTF-32BE';
  if (zeros === 'false,true,true,true') return 'UTF-32LE';
  if (zeros === 'true,false,true,false') return 'UTF-16BE';
  if (zeros === 'false,true,false,true') return 'UTF-16LE';
  return undefined;
}

const refuse = (
  text: string,
  start: number,
  diagnostic: Omit<Diagnostic, 'severity' | 'place'>,
): Decoded => ({
  ok: false,
  unreadable: true,
  text,
  diagnostics: [{ ...diagnostic, severity: 'error', place: { kind: 'span', start, end: start + 1 } }],
});

const tooLarge = (size: number, maxBytes: number): Decoded =>
  refuse('', 0, {
    code: 'input-too-large',
    message: `the input has ${size} bytes, more than the limit of ${maxBytes}`,
    help: 'check that this is the right file; the limit can be raised with an option',
  });

const foreign = (encoding: string): Decoded =>
  refuse('', 0, {
    code: 'input-encoding',
    message: `the input is encoded as ${encoding}, not as UTF-8`,
    help: `convert it, for example with: iconv -f ${encoding} -t UTF-8`,
  });

function malformed(bytes: Uint8Array): Decoded {
  const at = firstInvalidByte(bytes);
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, at));
  const after = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at));
  const byte = bytes[at]!.toString(16).padStart(2, '0');
  return refuse(before + after, before.length, {
    code: 'input-encoding',
    message: `byte 0x${byte} at offset ${at} is not valid UTF-8`,
    help: 'save the file as UTF-8',
  });
}

const binary = (text: string, at: number): Decoded =>
  refuse(text, at, {
    code: 'input-binary',
    message: `the input holds a NUL character at offset ${at}, so it is not a text file`,
    help: 'check that this is the right file',
  });
