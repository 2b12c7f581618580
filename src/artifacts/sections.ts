/**
 * PBS section files as data: sections with sorted properties, each with what caused it; from them the template's view
 * and the facts that a reader must find. Layout is the template's (`templates/_partials/pbs-sections.hbs`).
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { byBytes } from '../proxmox/byte-order.ts';
import { pbsProperty, pbsSection } from '../proxmox/pbs-files.ts';
import type { FactColumns } from './artifact.ts';
import { ColumnList } from './columns.ts';

export interface Property {
  readonly key: string;
  readonly value: string;
  /** Most specific first; never empty. */
  readonly causes: readonly TopologyPath[];
}

export interface Section {
  readonly type: string;
  readonly id: string;
  /** What made the section; the first one is where its id comes from. */
  readonly causes: readonly TopologyPath[];
  /** In byte order of keys, items of an array in their own order: as PBS writes them. */
  readonly properties: readonly Property[];
  /** Names of secrets whose placeholders stand in it. */
  readonly secrets: readonly string[];
}

export interface SectionsView {
  readonly sections: readonly {
    readonly type: string;
    readonly id: string;
    readonly first: boolean;
    readonly properties: readonly { readonly key: string; readonly value: string }[];
  }[];
}

/** One line, or none where there is nothing to say. Booleans and numbers in PBS's spelling. */
export const property = (
  key: string,
  value: string | number | boolean | undefined,
  ...causes: readonly TopologyPath[]
): readonly Property[] => (value === undefined ? NONE : [{ key, value: String(value), causes }]);

/** The same for what the topology gives, or does not give, as `name` of the object at `path`. */
export const propertyAt = (
  key: string,
  value: string | number | boolean | undefined,
  path: TopologyPath,
  name: string,
): readonly Property[] =>
  value === undefined ? NONE : [{ key, value: String(value), causes: [[...path, name]] }];

const NONE: readonly Property[] = [];

/** All lines of a section, in order. Equal ones stay as they come, which keeps the items of an array in order. */
export function inOrder(
  properties: readonly (readonly Property[])[],
  compare: (a: Property, b: Property) => number,
): Property[] {
  const sorted: Property[] = [];
  for (let list = 0; list < properties.length; list++) {
    const items = properties[list]!;
    for (let item = 0; item < items.length; item++) {
      const property = items[item]!;
      // Nearly all come in order.
      let at = sorted.length;
      sorted.push(property);
      for (; at > 0 && compare(sorted[at - 1]!, property) > 0; at--) sorted[at] = sorted[at - 1]!;
      sorted[at] = property;
    }
  }
  return sorted;
}

const byKey = (a: Property, b: Property): number => byBytes(a.key, b.key);

const NO_SECRETS: readonly string[] = [];

/** A section in canonical order. */
export function section(
  type: string,
  id: string,
  causes: readonly TopologyPath[],
  properties: readonly (readonly Property[])[],
  secrets: readonly string[] = NO_SECRETS,
): Section {
  return { type, id, causes, properties: inOrder(properties, byKey), secrets };
}

/** Order of sections in a file: PBS keeps any order, ours is that of the ids. */
export const bySectionId = (a: Section, b: Section): number => byBytes(a.id, b.id) || byBytes(a.type, b.type);

/** What the template gets. */
export function viewOf(sections: readonly Section[]): SectionsView {
  const views: SectionsView['sections'][number][] = [];
  for (const { type, id, properties } of sections) {
    const lines: { key: string; value: string }[] = [];
    for (const { key, value } of properties) lines.push({ key, value });
    views.push({ type, id, first: views.length === 0, properties: lines });
  }
  return { sections: views };
}

/** Names of sections as the guard of a whole file compares them: `sync: pull-home`. */
export function sectionNames(sections: readonly Section[]): string[] {
  const names: string[] = [];
  for (const { type, id } of sections) names.push(`${type}: ${id}`);
  return names;
}

/** The section as a person reads it; no file is made of it. */
export const sectionText = ({ type, id, properties }: Section): string =>
  [`${type}: ${id}`, ...properties.filter(isOpen).map(({ key, value }) => `\t${key} ${value}`), ''].join(
    '\n',
  );

const isOpen = ({ value }: { readonly value: string }): boolean => !value.includes('@@offsite:');

/**
 * One fact per header (value '') and per property line, in file order; items of an array are numbered.
 * @param names of the sections, as `sectionNames` gives them.
 */
export const columnsOf = (
  file: string,
  sections: readonly Section[],
  names: readonly string[] = sectionNames(sections),
): FactColumns =>
  sectionColumns(sections, names, (type, key) => {
    const table = pbsSection(file, type);
    return table !== undefined && pbsProperty(table, key)?.type === 'array';
  });

/** @param isArray whether the property of a type may stand in a section more than once. */
export function sectionColumns(
  sections: readonly Section[],
  names: readonly string[],
  isArray: (type: string, key: string) => boolean,
): FactColumns {
  let length = sections.length;
  for (const { properties } of sections) length += properties.length;
  const columns = new ColumnList(length);
  for (let index = 0; index < sections.length; index++) {
    const { type, causes, properties } = sections[index]!;
    const name = names[index]!;
    columns.add(name, '', -1, '', causes);
    for (let at = 0; at < properties.length; at++) {
      const { key, value, causes } = properties[at]!;
      columns.add(name, key, isArray(type, key) ? countBefore(properties, at, key) : -1, value, causes);
    }
  }
  return columns;
}

/** How often the key came before: equal ones stand together. */
function countBefore(properties: readonly Property[], index: number, key: string): number {
  let first = index;
  while (first > 0 && properties[first - 1]!.key === key) first--;
  return index - first;
}
