/**
 * The common path of `load`: the events of `js-yaml`, which are ten times as fast as the syntax tree of `yaml`, as plain
 * data with positions. Says nothing of mistakes: whatever is refused here, or uses what the two packages may read
 * differently, is read by `parse.ts`. What is accepted gives the same data and the same offsets there, down to the last
 * number (`test/load/events.test.ts`).
 */
import {
  boolCoreTag,
  COLLECTION_STYLE_FLOW,
  EVENT_MAPPING,
  EVENT_POP,
  EVENT_SCALAR,
  EVENT_SEQUENCE,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_FOLDED_BLOCK,
  SCALAR_STYLE_LITERAL_BLOCK,
  SCALAR_STYLE_PLAIN,
} from 'js-yaml';
import { PositionBuilder } from '../diagnostics/position-builder.ts';
import { ITEM } from '../diagnostics/positions.ts';
import { forbiddenCharacters } from './characters.ts';
import type { Data, LoadedDocument } from './document.ts';
import { type MutableMap, newMap } from './record.ts';

type Scalar = Extract<Event, { readonly type: typeof EVENT_SCALAR }>;
type Collection = Extract<Event, { readonly type: typeof EVENT_MAPPING | typeof EVENT_SEQUENCE }>;

/**
 * Tabs and carriage returns, which few files have and parsers differ in; and what starts a document of its own or changes
 * the meaning of one.
 */
const LEFT_TO_PARSE = /[\t\r]|^(?:---|\.\.\.|%)/m;

/** Less than `parse.ts` allows, so that whatever is too deep is said there. */
const MAX_DEPTH = 60;

/** The document, or undefined for a text that `parseTopology` has to look at. */
export function documentFromEvents(text: string): LoadedDocument | undefined {
  if (LEFT_TO_PARSE.test(text) || forbiddenCharacters(text).length > 0) return undefined;
  try {
    return new Reading(text, parseEvents(text, { maxDepth: MAX_DEPTH })).run();
  } catch {
    // Also for faults of the package itself: its documentation asks to expect any error.
    return undefined;
  }
}

/** A collection that is not closed yet. */
interface Open {
  readonly record: number;
  readonly start: number;
  readonly isFlow: boolean;
  /** Exactly one of the two. */
  readonly map: MutableMap | undefined;
  readonly list: Data[] | undefined;
  /** Key of the pair whose value comes next; undefined where a key comes next. */
  key: string | undefined;
  nameId: number;
  keyStart: number;
  keyEnd: number;
  /** End of the last key or item: where a block collection ends. */
  last: number;
}

/** Thrown for what is left to `parse.ts`. */
const LEFT = new Error('not in the common subset');

class Reading {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #builder = new PositionBuilder();
  readonly #outer: Open[] = [];
  #open: Open | undefined;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  run(): LoadedDocument {
    const events = this.#events;
    const root = events[1];
    // One document that is a map: its event, those of the map, and the end of both.
    if (root?.type !== EVENT_MAPPING) throw LEFT;
    const data = newMap();
    this.#enter(root, data, undefined);
    const last = events.length - 1;
    for (let i = 2; i < last; i++) this.#take(events[i]!);
    if (this.#open !== undefined || events[last]?.type !== EVENT_POP) throw LEFT;
    return { text: this.#text, data, index: this.#builder.finish(), poisoned: [] };
  }

  #take(event: Event): void {
    const open = this.#open;
    if (open === undefined) throw LEFT;
    if (event.type === EVENT_POP) this.#leave(open);
    else if (event.type === EVENT_SCALAR) {
      if (open.map !== undefined && open.key === undefined) this.#takeKey(open, event);
      else this.#takeScalar(open, event);
    } else if (event.type === EVENT_MAPPING || event.type === EVENT_SEQUENCE) {
      if (open.map !== undefined && open.key === undefined) throw LEFT;
      this.#takeCollection(open, event);
    } else throw LEFT;
  }

  #takeKey(open: Open, event: Scalar): void {
    const start = startOf(event);
    const name = this.#textOf(event);
    // A merge key, and a key that stands there twice.
    if (name === '<<' || open.map![name] !== undefined) throw LEFT;
    const id = this.#builder.nameId(name);
    open.key = this.#builder.name(id);
    open.nameId = id;
    open.keyStart = start;
    open.keyEnd = endOf(event);
  }

  #takeScalar(open: Open, event: Scalar): void {
    const start = startOf(event);
    const end = endOf(event);
    const text = this.#textOf(event);
    this.#place(open, event.style === SCALAR_STYLE_PLAIN ? plainValue(text) : text);
    const record = this.#openRecord(open, start);
    this.#builder.close(record, end);
    open.last = end;
    open.key = undefined;
  }

  #takeCollection(open: Open, event: Collection): void {
    const map = event.type === EVENT_MAPPING ? newMap() : undefined;
    const list = map === undefined ? [] : undefined;
    this.#place(open, map ?? list!);
    this.#outer.push(open);
    this.#enter(event, map, list);
  }

  /** Puts a value where the open collection wants the next one. */
  #place(open: Open, value: Data): void {
    if (open.list !== undefined) open.list.push(value);
    else open.map![open.key!] = value;
  }

  #openRecord(open: Open, start: number): number {
    if (open.map !== undefined) return this.#builder.open(open.nameId, open.keyStart, open.keyEnd, start);
    return this.#builder.open(ITEM, open.last, open.last, start);
  }

  #enter(event: Collection, map: MutableMap | undefined, list: Data[] | undefined): void {
    const { start } = event;
    if (event.anchorStart >= 0 || event.tagStart >= 0 || start < 0) throw LEFT;
    const outer = this.#open;
    const record =
      outer === undefined ? this.#builder.open(ITEM, 0, 0, start) : this.#openRecord(outer, start);
    const isFlow = event.style === COLLECTION_STYLE_FLOW;
    // `[a: b]` is a map without braces.
    if (isFlow && this.#text[start] !== (map === undefined ? '[' : '{')) throw LEFT;
    const last = start;
    this.#open = {
      record,
      start,
      isFlow,
      map,
      list,
      key: undefined,
      nameId: ITEM,
      keyStart: 0,
      keyEnd: 0,
      last,
    };
  }

  #leave(open: Open): void {
    if (open.key !== undefined) throw LEFT;
    const end = open.isFlow ? this.#closingBracket(open) + 1 : open.last;
    this.#builder.close(open.record, end);
    const outer = this.#outer.pop();
    if (outer !== undefined) {
      outer.last = end;
      outer.key = undefined;
    }
    this.#open = outer;
  }

  /** Behind the last item of a flow collection come blanks, comments and at most one comma. */
  #closingBracket({ start, last }: Open): number {
    const text = this.#text;
    for (let at = Math.max(last, start + 1); ; at++) {
      const unit = text.charCodeAt(at);
      if (unit === CLOSE_BRACKET || unit === CLOSE_BRACE) return at;
      if (unit === HASH) at = text.indexOf('\n', at);
      else if (unit !== COMMA && unit !== SPACE && unit !== LINE_FEED) throw LEFT;
      if (at < 0) throw LEFT;
    }
  }

  #textOf(event: Scalar): string {
    if (event.anchorStart >= 0 || event.tagStart >= 0 || event.valueStart < 0) throw LEFT;
    const { style } = event;
    // The header of a block scalar has no offset.
    if (style === SCALAR_STYLE_LITERAL_BLOCK || style === SCALAR_STYLE_FOLDED_BLOCK) throw LEFT;
    if (event.fast) return this.#text.slice(event.valueStart, event.valueEnd);
    const value = getScalarValue(this.#text, event);
    if (style === SCALAR_STYLE_DOUBLE_QUOTED && !value.isWellFormed()) throw LEFT;
    return value;
  }
}

const SPACE = 32;
const LINE_FEED = 10;
const HASH = 35;
const COMMA = 44;
const CLOSE_BRACKET = 93;
const CLOSE_BRACE = 125;

/** The offsets of a quoted scalar leave out its quotes. */
const startOf = ({ style, valueStart }: Scalar): number =>
  style === SCALAR_STYLE_PLAIN ? valueStart : valueStart - 1;
const endOf = ({ style, valueEnd }: Scalar): number =>
  style === SCALAR_STYLE_PLAIN ? valueEnd : valueEnd + 1;

/** What a plain scalar that is no text may begin with (YAML 1.2.2 §10.3.2). */
const OF_NUMBERS = '0123456789+-.';
const OF_WORDS = 'nNtTfF~';
/** A number of this form that is none to `js-yaml` is too large for it. */
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const WORDS = [nullCoreTag, boolCoreTag] as const;
const NUMBERS = [intCoreTag, floatCoreTag] as const;

function plainValue(text: string): Data {
  const first = text.charAt(0);
  // Nothing at all is null.
  if (OF_WORDS.includes(first)) return typed(text, WORDS);
  if (!OF_NUMBERS.includes(first) || isNoNumber(text)) return text;
  const value = typed(text, NUMBERS);
  if (value === text && FLOAT.test(text)) throw LEFT;
  return value;
}

/** The text itself if it has none of the types. */
function typed(text: string, tags: typeof WORDS | typeof NUMBERS): Data {
  for (const tag of tags) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}

/**
 * Addresses, times, sizes and UUIDs begin like numbers, and most need no pattern to be told from them: no number has a
 * colon, a slash, a blank, two dots, or a hyphen that belongs to no exponent, and few characters end one.
 */
function isNoNumber(text: string): boolean {
  const hyphen = text.indexOf('-', 1);
  return (
    !ENDS.includes(text.charAt(text.length - 1)) ||
    text.includes(':') ||
    text.includes('/') ||
    text.includes(' ') ||
    text.indexOf('.') !== text.lastIndexOf('.') ||
    (hyphen > 0 && !'eE'.includes(text.charAt(hyphen - 1)))
  );
}

/** Hexadecimal digits, `.inf` and `.nan` included. */
const ENDS = '0123456789.abcdefABCDEFnN';
