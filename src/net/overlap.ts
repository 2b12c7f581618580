import type { Cidr } from './address.ts';
import { comparePrefixes } from './prefix.ts';

export interface Overlap<T> {
  /** The wider network, or the earlier one of two equal networks. */
  readonly holder: T;
  readonly held: T;
}

/**
 * Finds overlapping networks by sort and sweep. Two prefixes overlap only when one holds the other, so the open
 * holders form a stack and each item is reported once, against the narrowest network that holds it: at most n - 1
 * pairs instead of all n²/2. Equal networks are reported against the first of them in input order.
 */
export function findOverlaps<T>(items: readonly T[], prefixOf: (item: T) => Cidr): readonly Overlap<T>[] {
  const sorted = items.map(item => ({ item, prefix: prefixOf(item) }));
  sorted.sort((a, b) => comparePrefixes(a.prefix, b.prefix));
  const found: Overlap<T>[] = [];
  const open: { readonly item: T; readonly prefix: Cidr }[] = [];
  for (const next of sorted) {
    let top = open.at(-1);
    while (top !== undefined && !isOpen(top.prefix, next.prefix)) {
      open.pop();
      top = open.at(-1);
    }
    if (top !== undefined) found.push({ holder: top.item, held: next.item });
    if (top === undefined || top.prefix.length !== next.prefix.length) open.push(next);
  }
  return found;
}

const isOpen = (holder: Cidr, next: Cidr): boolean =>
  holder.version === next.version && next.first <= holder.last;
