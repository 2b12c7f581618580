import type { Data } from './document.ts';

export interface MutableMap {
  [key: string]: Data;
}

/**
 * Maps are made by a constructor whose prototype is empty: nothing is inherited, so that `constructor` or
 * `__proto__` in a topology are keys like any other, and unlike `Object.create(null)` the engine keeps such
 * objects in their compact form.
 */
const Empty = function Empty() {} as unknown as new () => MutableMap;
Empty.prototype = Object.freeze(Object.create(null));

export const newMap = (): MutableMap => new Empty();
