/** The scanner for one field of a calendar event, with the backtracking of Proxmox's parser (nom combinators). */
import type { Field, FieldItem, FieldName } from './event.ts';
import { fieldBounds } from './event.ts';

interface Read<T> {
  readonly value: T;
  readonly end: number;
}

export interface Misfit {
  readonly problems: string[];
  readonly offset: number;
}

export interface FieldScanner {
  /** The field at an offset; undefined when not even its first item fits there. */
  readonly field: (name: FieldName, at: number) => Read<Field> | undefined;
  /** The numbers furthest into the text that were read and do not fit, if any. */
  readonly misfit: () => Misfit | undefined;
}

/** A scanner over one text. Its only state is the furthest misfit. */
export const fieldScanner = (text: string): FieldScanner => {
  let misfit: Misfit | undefined;
  /** The same number may be tried as a month, an hour and a minute: say all of it. */
  const fail = (problem: string, offset: number): undefined => {
    if (misfit === undefined || offset > misfit.offset) misfit = { problems: [problem], offset };
    else if (offset === misfit.offset && !misfit.problems.includes(problem)) misfit.problems.push(problem);
    return undefined;
  };

  const readNumber = (name: FieldName, at: number): Read<number> | undefined => {
    let end = at;
    while (end < text.length && text[end]! >= '0' && text[end]! <= '9') end++;
    if (end === at) return undefined;
    const value = Number(text.slice(at, end));
    const [min, max] = fieldBounds[name];
    // The lower end is not checked upstream: month 0 parses, and never comes.
    if (value > max) return fail(`${text.slice(at, end)} is no ${name} (${min}..${max})`, at);
    return { value, end };
  };

  /** `undefined`: no step is written. `'bad'`: a slash without a step that fits. */
  const readStep = (name: FieldName, at: number): Read<number> | 'bad' | undefined => {
    if (text[at] !== '/') return undefined;
    return readNumber(name, at + 1) ?? 'bad';
  };

  const readItem = (name: FieldName, at: number): Read<FieldItem> | undefined => {
    const from = readNumber(name, at);
    if (from === undefined) return undefined;
    const to = text.startsWith('..', from.end) ? readNumber(name, from.end + 2) : undefined;
    if (to !== undefined && from.value > to.value) {
      return fail(`the range ${from.value}..${to.value} runs backwards: numbers must ascend`, at);
    }
    const end = to?.end ?? from.end;
    const step = readStep(name, end);
    if (step === 'bad') return undefined;
    if (step === undefined) {
      if (to === undefined) return { value: { kind: 'single', value: from.value }, end };
      return { value: { kind: 'range', from: from.value, to: to.value }, end };
    }
    // Step 0 is accepted and matches the start only.
    if (step.value === 0) return { value: { kind: 'single', value: from.value }, end: step.end };
    const item = { kind: 'step', from: from.value, step: step.value } as const;
    return { value: to === undefined ? item : { ...item, to: to.value }, end: step.end };
  };

  const readStar = (name: FieldName, at: number): Read<Field> | undefined => {
    const step = readStep(name, at + 1);
    if (step === 'bad') return undefined;
    if (step === undefined || step.value === 0) return { value: [], end: at + 1 };
    return { value: [{ kind: 'step', from: fieldBounds[name][0], step: step.value }], end: step.end };
  };

  return {
    field: (name, at) => {
      if (text[at] === '*') return readStar(name, at);
      const items: FieldItem[] = [];
      let end = at;
      while (true) {
        const item = readItem(name, items.length === 0 ? at : end + 1);
        // An item that does not fit ends the list in front of its comma, as upstream.
        if (item === undefined) return items.length === 0 ? undefined : { value: items, end };
        items.push(item.value);
        end = item.end;
        if (text[end] !== ',') return { value: items, end };
      }
    },
    misfit: () => misfit,
  };
};
