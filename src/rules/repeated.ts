/** Every item whose key another one before it has, with that first one. */
export function* repeated<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string | undefined,
): Iterable<readonly [first: T, again: T]> {
  const seen = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    else yield [first, item];
  }
}
