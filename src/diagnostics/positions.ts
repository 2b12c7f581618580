import type { TopologyPath } from './diagnostic.ts';

/**
 * Where every key and value of a YAML document stands, as numbers only: one record of six cells per node, in
 * preorder of the text. 10,000 hosts are some 700,000 nodes, for which objects would cost a hundred times more.
 * Aliases and merge keys are edges to the record of the anchored node, so a path that runs through one ends
 * where its text really is.
 */
export interface PositionIndex {
  readonly cells: Int32Array;
  /** Number of nodes; node 0 is the root. */
  readonly count: number;
  /** Key of each name id, and back. */
  readonly names: readonly string[];
  readonly ids: ReadonlyMap<string, number>;
  /** Alias node to the node it stands for. */
  readonly aliases: ReadonlyMap<number, number>;
  /** Map node to the maps merged into it by `<<`, strongest first. */
  readonly merges: ReadonlyMap<number, readonly number[]>;
  /** Tables of children of wide nodes, filled when first asked for. */
  readonly wide: Map<number, ReadonlyMap<number, number>>;
}

export const CELLS = 6;
export const NAME = 0;
export const KEY_START = 1;
export const KEY_END = 2;
export const VALUE_START = 3;
export const VALUE_END = 4;
/** Number of the first node after this one's subtree. */
export const NEXT = 5;

/** Name of an item of a sequence. */
export const ITEM = -1;
/** Name of the second of two equal keys: it has a place but no path. */
export const SHADOWED = -2;

/** A found node, and how many steps of the path led to it (all of them, if it exists). */
export interface Found {
  readonly node: number;
  readonly depth: number;
}

/** The node at `path`, or its deepest ancestor that exists. */
export function findNode(index: PositionIndex, path: TopologyPath): Found {
  let node = 0;
  for (let depth = 0; depth < path.length; depth++) {
    const child = findChild(index, node, path[depth]!);
    if (child === undefined) return { node, depth };
    node = child;
  }
  return { node, depth: path.length };
}

export const cell = (index: PositionIndex, node: number, which: number): number =>
  index.cells[node * CELLS + which]!;

/** Explicit keys win over merged ones, and an earlier merge source over a later one. */
function findChild(index: PositionIndex, parent: number, step: string | number): number | undefined {
  const todo = [parent];
  const seen = new Set<number>();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const node = index.aliases.get(next) ?? next;
    if (seen.has(node)) continue;
    seen.add(node);
    const child = ownChild(index, node, step);
    if (child !== undefined) return child;
    todo.push(...(index.merges.get(node)?.toReversed() ?? []));
  }
  return undefined;
}

/** From this many cells on, a table of the children is cheaper than walking them for each path. */
const WIDE_CELLS = 64 * CELLS;

function ownChild(index: PositionIndex, node: number, step: string | number): number | undefined {
  const wanted = typeof step === 'number' ? ITEM : index.ids.get(step);
  if (wanted === undefined) return undefined;
  if ((cell(index, node, NEXT) - node) * CELLS > WIDE_CELLS) return wideChild(index, node, step, wanted);
  let item = 0;
  for (const child of childrenOf(index, node)) {
    if (cell(index, child, NAME) !== wanted) continue;
    if (wanted !== ITEM || item++ === step) return child;
  }
  return undefined;
}

function wideChild(
  index: PositionIndex,
  node: number,
  step: string | number,
  name: number,
): number | undefined {
  let table = index.wide.get(node);
  if (table === undefined) {
    table = tableOf(index, node);
    index.wide.set(node, table);
  }
  // Items are kept under negative numbers, which no name has: item n under -1 - n.
  return table.get(typeof step === 'number' ? -1 - step : name);
}

function tableOf(index: PositionIndex, node: number): ReadonlyMap<number, number> {
  const table = new Map<number, number>();
  let item = 0;
  for (const child of childrenOf(index, node)) {
    const name = cell(index, child, NAME);
    if (name === ITEM) table.set(-1 - item++, child);
    else if (name !== SHADOWED) table.set(name, child);
  }
  return table;
}

/** Direct children of a node in the order of the text. */
export function* childrenOf(index: PositionIndex, node: number): Generator<number> {
  const end = cell(index, node, NEXT);
  for (let child = node + 1; child < end; child = cell(index, child, NEXT)) yield child;
}
