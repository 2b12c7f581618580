import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { PositionBuilder } from '../diagnostics/position-builder.ts';
import { ITEM, type PositionIndex, SHADOWED } from '../diagnostics/positions.ts';
import { AnchorTable } from './anchors.ts';
import type { Data } from './document.ts';
import * as problems from './problems.ts';
import { type MutableMap, newMap } from './record.ts';

export interface Converted {
  readonly data: Data;
  readonly index: PositionIndex;
  readonly poisoned: readonly TopologyPath[];
  readonly diagnostics: readonly Diagnostic[];
}

type Range = readonly [start: number, end: number];

/** Where a value hangs: the id of its name, and the offsets of its key (equal when it has none). */
interface Hook {
  readonly name: number;
  readonly key: Range;
}

interface Placed {
  readonly data: Data;
  readonly record: number;
  readonly end: number;
}

/** A map under construction. */
interface Building {
  readonly record: number;
  readonly data: MutableMap;
  readonly keys: Map<string, Range>;
  readonly merges: { data: MutableMap; record: number }[];
  /** The last key without a value. */
  empty?: string;
  /** What stands behind it has been said to be given twice: it would not be where it belongs. */
  isShifted?: boolean;
}

/**
 * Turns the syntax tree into plain data and positions in one walk, and takes the tree apart on the way so that
 * its memory can be reclaimed. The depth of the tree has been bounded before (`tree.ts`).
 */
export function convert(root: Node | null): Converted {
  return new Conversion().run(root);
}

class Conversion {
  readonly #builder = new PositionBuilder();
  readonly #anchors = new AnchorTable();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #poisoned: TopologyPath[] = [];
  readonly #path: (string | number)[] = [];
  #overExpanded = false;

  run(root: Node | null): Converted {
    const { data } = this.#value(root, { name: ITEM, key: [0, 0] }, 0);
    const index = this.#builder.finish();
    return { data, index, poisoned: this.#poisoned, diagnostics: this.#diagnostics };
  }

  #value(node: unknown, hook: Hook, fallback: number): Placed {
    const range = rangeOf(node, fallback);
    const record = this.#builder.open(hook.name, hook.key[0], hook.key[1], range[0]);
    this.#anchors.visit();
    const anchor = isAlias(node) ? undefined : (node as { anchor?: string } | null)?.anchor;
    const before = anchor === undefined ? 0 : this.#anchors.open(anchor);
    const [data, end] = this.#content(node, record, range);
    if (anchor !== undefined) this.#anchors.close(anchor, before, { data, record });
    this.#builder.close(record, end);
    return { data, record, end };
  }

  /** The value of a node, and where its text ends: block collections end with their last child. */
  #content(node: unknown, record: number, range: Range): [Data, number] {
    if (isMap(node)) return this.#map(node, record, range);
    if (isSeq(node)) return this.#sequence(node, range);
    if (isAlias(node)) return [this.#alias(node.source, record, range), range[1]];
    return [isScalar(node) ? this.#scalar(node, range) : null, range[1]];
  }

  #scalar({ value, source, type }: Scalar, range: Range): Data {
    // Only escapes can make half a character: the text itself has been decoded from UTF-8.
    if (type === 'QUOTE_DOUBLE' && isIllFormed(value)) {
      this.#diagnostics.push(problems.loneSurrogate(range));
      return this.#poison();
    }
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      return value;
    }
    return source ?? null;
  }

  #alias(name: string, record: number, range: Range): Data {
    const anchor = this.#anchors.use(name);
    if (typeof anchor === 'string') {
      this.#refuseAlias(anchor, name, range);
      return this.#poison();
    }
    if (anchor.record >= 0) this.#builder.alias(record, anchor.record);
    return anchor.data;
  }

  /** Too much expansion is one mistake, however many aliases come after. */
  #refuseAlias(fault: 'unknown' | 'cycle' | 'expansion', name: string, range: Range): void {
    if (fault === 'expansion' && this.#overExpanded) return;
    this.#overExpanded ||= fault === 'expansion';
    this.#diagnostics.push(problems.badAlias(fault, name, range, this.#anchors.names));
  }

  #poison(): null {
    this.#poisoned.push([...this.#path]);
    return null;
  }

  #sequence(node: YAMLSeq, [start, end]: Range): [Data, number] {
    const data: Data[] = [];
    let last = start;
    for (let i = 0; i < node.items.length; i++) {
      this.#path.push(i);
      const item = this.#value(node.items[i], { name: ITEM, key: [last, last] }, last);
      this.#path.pop();
      node.items[i] = null;
      last = item.end;
      data.push(item.data);
    }
    return [data, node.flow ? end : last];
  }

  #map(node: YAMLMap, record: number, [start, end]: Range): [Data, number] {
    const building: Building = { record, data: newMap(), keys: new Map(), merges: [] };
    let last = start;
    for (let i = 0; i < node.items.length; i++) {
      last = this.#pair(node.items[i] as Pair, building, last);
      node.items[i] = undefined as never;
    }
    this.#merge(building, [start, start + 1]);
    return [building.data, node.flow ? end : last];
  }

  #pair({ key, value }: Pair, building: Building, fallback: number): number {
    const range = rangeOf(key, fallback);
    // A key that is no scalar was reported as a syntax error; what hangs on it is still looked at.
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
    const isMerge = isScalar(key) && name === '<<' && key.type === 'PLAIN';
    if (isScalar(key) && key.type === 'QUOTE_DOUBLE' && isIllFormed(name))
      this.#diagnostics.push(problems.loneSurrogate(range));
    const first = building.keys.get(name);
    if (first === undefined) building.keys.set(name, range);
    else this.#duplicate(building, problems.duplicateKey(name, first, range, isMerge, building.empty));
    const hook = { name: first === undefined ? this.#builder.nameId(name) : SHADOWED, key: range };
    this.#path.push(name);
    this.#keyAnchor(key, name);
    const faults = this.#poisoned.length;
    const placed = this.#value(value, hook, range[1]);
    if (first === undefined && !isMerge) building.data[name] = placed.data;
    if (isScalar(value) && value.source === '') building.empty = name;
    // A merge source that was refused has been reported already.
    if (first === undefined && isMerge && this.#poisoned.length === faults) {
      this.#mergeSources(placed, rangeOf(value, range[1]), building);
    }
    this.#path.pop();
    return Math.max(placed.end, range[1]);
  }

  #duplicate(building: Building, diagnostic: Diagnostic): void {
    if (building.isShifted !== true) this.#diagnostics.push(diagnostic);
    building.isShifted = building.empty !== undefined;
  }

  #keyAnchor(key: unknown, name: string): void {
    if (!isScalar(key) || key.anchor === undefined) return;
    this.#anchors.close(key.anchor, this.#anchors.open(key.anchor), { data: name, record: -1 });
  }

  /** `<<` takes a map or a list of maps, here or by alias (https://yaml.org/type/merge.html). */
  #mergeSources({ data, record }: Placed, range: Range, building: Building): void {
    const sources = Array.isArray(data)
      ? this.#builder.children(record).map((child, i) => ({ data: data[i] as Data, record: child }))
      : [{ data: data as Data, record }];
    for (const source of sources) {
      if (isDataMap(source.data)) building.merges.push({ data: source.data, record: source.record });
      else this.#diagnostics.push(problems.badMerge(range));
    }
  }

  #merge({ record, data, merges }: Building, range: Range): void {
    if (merges.length === 0) return;
    this.#builder.merge(
      record,
      merges.map(source => source.record),
    );
    for (const source of merges) {
      const keys = Object.keys(source.data);
      if (!this.#anchors.expand(keys.length)) {
        this.#refuseAlias('expansion', '<<', range);
        return;
      }
      for (const key of keys) if (!(key in data)) data[key] = source.data[key]!;
    }
  }
}

const isIllFormed = (value: unknown): boolean => typeof value === 'string' && /\p{Surrogate}/u.test(value);

const isDataMap = (data: Data): data is MutableMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function rangeOf(node: unknown, fallback: number): Range {
  const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
  return range ? [range[0]!, range[1]!] : [fallback, fallback];
}
