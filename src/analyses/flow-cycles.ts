import type { Flow } from '../model/topology.ts';

/** Cycles of a relation in which each flow has one predecessor at most. Each once, from its least key on. Linear. */
export function flowCycles(flows: Iterable<Flow>, before: (flow: Flow) => Flow | undefined): Flow[][] {
  const cycles: Flow[][] = [];
  const walked = new Map<Flow, number>();
  let walk = 0;
  for (const start of flows) {
    walk++;
    let at: Flow | undefined = start;
    while (at !== undefined && !walked.has(at)) {
      walked.set(at, walk);
      at = before(at);
    }
    // Back on a flow of this walk: the rest of it is a cycle. On one of an earlier walk: known already.
    if (at !== undefined && walked.get(at) === walk) cycles.push(cycleFrom(at, before));
  }
  return cycles;
}

function cycleFrom(first: Flow, before: (flow: Flow) => Flow | undefined): Flow[] {
  const members = [first];
  for (let at = before(first); at !== undefined && at !== first; at = before(at)) members.push(at);
  const least = members.reduce((a, b) => (b.key < a.key ? b : a));
  const index = members.indexOf(least);
  return [...members.slice(index), ...members.slice(0, index)];
}
