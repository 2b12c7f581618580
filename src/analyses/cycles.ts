type Keyed = { readonly key: string };

/** Cycles of a relation in which each object has one predecessor at most. Each once, from its least key on. Linear. */
export function cyclesOf<T extends Keyed>(objects: Iterable<T>, before: (object: T) => T | undefined): T[][] {
  const cycles: T[][] = [];
  const walked = new Map<T, number>();
  let walk = 0;
  for (const start of objects) {
    walk++;
    let at: T | undefined = start;
    while (at !== undefined && !walked.has(at)) {
      walked.set(at, walk);
      at = before(at);
    }
    // Back on one of this walk: the rest of it is a cycle. On one of an earlier walk: known already.
    if (at !== undefined && walked.get(at) === walk) cycles.push(cycleFrom(at, before));
  }
  return cycles;
}

function cycleFrom<T extends Keyed>(first: T, before: (object: T) => T | undefined): T[] {
  const members = [first];
  for (let at = before(first); at !== undefined && at !== first; at = before(at)) members.push(at);
  const least = members.reduce((a, b) => (b.key < a.key ? b : a));
  const index = members.indexOf(least);
  return [...members.slice(index), ...members.slice(0, index)];
}
