/** A text that comes in pieces, as the bytes of its file. */

/** In bytes. */
const CHUNK = 1 << 16;

/** @returns UTF-8, a buffer full at a time. Each is good until the next is asked for. */
export function* chunksOf(pieces: Iterable<string>): Generator<Uint8Array> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  let length = 0;
  for (const piece of pieces) {
    // A UTF-16 unit takes three bytes at most.
    const size = 3 * piece.length;
    if (length + size > CHUNK) {
      yield chunk.subarray(0, length);
      length = 0;
    }
    if (size <= CHUNK) length += chunk.write(piece, length);
    else yield Buffer.from(piece);
  }
  yield chunk.subarray(0, length);
}
