import type { Diagnostic, SpanPlace } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { type AliasFault, MAX_EXPANSION } from './anchors.ts';
import { MAX_DEPTH, MAX_ITEMS } from './tree.ts';

/** Diagnostics of the walk over the syntax tree. Ranges are UTF-16 offsets. */

type Range = readonly [start: number, end: number];

const span = ([start, end]: Range): SpanPlace => ({ kind: 'span', start, end });

/** @param empty a key before it that has no value: with that one indented less, this would be a key below it. */
export const duplicateKey = (
  name: string,
  first: Range,
  second: Range,
  isMerge: boolean,
  empty?: string,
): Diagnostic => ({
  code: 'yaml-duplicate-key',
  severity: 'error',
  message: `the key "${name}" is given twice in the same map`,
  place: span(second),
  related: [{ message: `"${name}" is given here first`, place: span(first) }],
  help: isMerge
    ? 'merge several maps with one key: <<: [*first, *second]'
    : empty === undefined
      ? 'remove or rename one of the two'
      : `"${empty}" before it has no value: is that one indented too deep? Else remove or rename one of the two`,
});

export function badAlias(
  fault: AliasFault,
  name: string,
  range: Range,
  known: readonly string[],
): Diagnostic {
  const base = { severity: 'error', place: span(range) } as const;
  switch (fault) {
    case 'unknown': {
      const near = suggest(name, known);
      const help =
        near === undefined
          ? `write &${name} in front of the value that it means, or quote it if it is text: "*${name}"`
          : `did you mean *${near}?`;
      return {
        ...base,
        code: 'yaml-unknown-alias',
        message: `there is no anchor &${name} before *${name}`,
        help,
      };
    }
    case 'cycle':
      return {
        ...base,
        code: 'yaml-alias-cycle',
        message: `the alias *${name} stands inside the value it refers to`,
        help: `move it out of the value that is marked &${name}`,
      };
    case 'expansion':
      return {
        ...base,
        code: 'yaml-expansion',
        message: `aliases and merge keys up to *${name} add more than ${MAX_EXPANSION} values`,
        help: 'aliases of aliases multiply: write the values out or split the map',
      };
    default:
      return fault satisfies never;
  }
}

export const badMerge = (range: Range): Diagnostic => ({
  code: 'yaml-bad-merge',
  severity: 'error',
  message: 'the merge key << takes a map or a list of maps',
  place: span(range),
  help: 'refer to an anchored map: <<: *name',
});

export const loneSurrogate = (range: Range): Diagnostic => ({
  code: 'yaml-bad-character',
  severity: 'error',
  message: 'an escape here makes half of a surrogate pair, which is no character',
  place: span(range),
  help: 'write the character itself, or use the eight-digit form "\\U0001F4BE"',
});

export const tooDeep = (offset: number): Diagnostic => ({
  code: 'yaml-nesting',
  severity: 'error',
  message: `maps and lists are nested more than ${MAX_DEPTH} deep here`,
  place: span([offset, offset + 1]),
  help: 'look for brackets that are never closed',
});

export const tooMany = (offset: number): Diagnostic => ({
  code: 'yaml-too-many',
  severity: 'error',
  message: `a map or list has more than ${MAX_ITEMS} entries up to here`,
  place: span([Math.max(0, offset - 1), offset]),
  help: 'look at what wrote the file',
});

export const directive = (range: Range): Diagnostic => ({
  code: 'yaml-directive',
  severity: 'error',
  message: 'YAML directives are not supported',
  place: span(range),
  help: 'remove the line; the file is read as YAML 1.2',
});

export const empty = (end: number): Diagnostic => ({
  code: 'yaml-empty',
  severity: 'error',
  message: 'the topology is empty',
  place: span([0, end]),
  help: '"offsite init DIR" writes one to start from into another directory',
});

export const notAMap = (what: string, range: Range): Diagnostic => ({
  code: 'yaml-not-a-map',
  severity: 'error',
  message: `the topology must be a map of keys at its top level, not ${what}`,
  place: span(range),
  help: 'start with: offsite: 1',
});
