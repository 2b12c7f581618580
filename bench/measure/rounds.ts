/** Measures several quantities by turns, so that what disturbs one disturbs its neighbours as well. */
import { QUANTITIES, type Quantity } from './quantities.ts';
import type { Stage } from './stage.ts';

/** One value of every quantity, measured right after one another. */
export type Round = Readonly<Record<Quantity, number>>;

export function measure(
  stage: Stage,
  quantities: readonly Quantity[],
  count: number,
  done: () => void,
): readonly Round[] {
  // The first run reads everything from disk and fills the cache of compiled code: dear, and nothing at large sizes.
  if (count >= 3) for (const quantity of quantities) QUANTITIES[quantity](stage);
  done();
  return Array.from({ length: count }, (_, number) => {
    const order = number % 2 === 0 ? quantities : quantities.toReversed();
    const round = Object.fromEntries(order.map(quantity => [quantity, QUANTITIES[quantity](stage)])) as Round;
    done();
    return round;
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
