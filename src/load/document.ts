import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { PositionIndex } from '../diagnostics/positions.ts';

/** Plain data as YAML 1.2 core gives it. Maps inherit nothing, so that a key such as `__proto__` is a key. */
export type Data = string | number | boolean | null | readonly Data[] | DataMap;
export interface DataMap {
  readonly [key: string]: Data;
}

/** A topology that parsed: what `load` hands to `validate`. */
export interface LoadedDocument {
  readonly text: string;
  /**
   * Top-level map. Values reached through an alias or a merge key are shared, not copied, so nothing may be
   * written to them.
   */
  readonly data: DataMap;
  readonly index: PositionIndex;
  /** Places whose value is not what the author meant (an unknown alias): reported already, not to be judged. */
  readonly poisoned: readonly TopologyPath[];
}
