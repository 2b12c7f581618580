/** Adds an item to the list of its key. */
export function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/**
 * Items by key, in the order in which they come, without those that have none. (`Map.groupBy` is younger than the oldest
 * Node that offsite runs on.)
 */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K | undefined): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) push(groups, key, item);
  }
  return groups;
}
