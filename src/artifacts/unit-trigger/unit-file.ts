/**
 * Unit files as data: settings in file order, each with what caused it; from them the template's view and the facts that
 * a reader must find. Layout is the template's (`templates/_partials/unit-sections.hbs`).
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import { execWord, unitText, unitWord } from '../../formats/systemd-unit/quote.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import type { Lowered } from '../lowering.ts';

export interface Setting {
  readonly key: string;
  /** As written: quoted for its place. */
  readonly value: string;
  /** Most specific first; never empty. */
  readonly causes: readonly TopologyPath[];
}

/** Settings of each section in file order. */
export type UnitSections = Readonly<Record<string, readonly Setting[]>>;

export interface UnitView {
  readonly sections: readonly {
    readonly name: string;
    readonly first: boolean;
    readonly comments: readonly string[];
    readonly properties: readonly { readonly key: string; readonly value: string }[];
  }[];
}

export const setting = (key: string, value: string, ...causes: readonly TopologyPath[]): Setting => ({
  key,
  value,
  causes,
});

/** The same for causes that many settings share. */
export const settingOf = (key: string, value: string, causes: readonly TopologyPath[]): Setting => ({
  key,
  value,
  causes,
});

/** A word in a command line, with what caused it. */
export interface Word {
  readonly text: string;
  readonly causes: readonly TopologyPath[];
  /** As it is written, where that is known. */
  readonly written?: string;
}

export const word = (text: string, ...causes: readonly TopologyPath[]): Word => ({ text, causes });

/** Words that stand in the lines of all units, caused by what the line is caused by. */
export const constantWords = (...texts: readonly string[]): readonly Word[] =>
  texts.map(text => ({ text, causes: [], written: withSpecifiers(text, quotedExec) }));

/**
 * An Exec line of words. Specifiers are written `{%t}` so that no value of the topology can bring one: `{` is in no
 * validated path or name.
 */
export function execLine(key: string, words: readonly Word[], ...causes: readonly TopologyPath[]): Setting {
  const written = new Array<string>(words.length);
  const all = [...causes];
  for (let index = 0; index < words.length; index++) {
    const one = words[index]!;
    written[index] = one.written ?? withSpecifiers(one.text, quotedExec);
    for (let at = 0; at < one.causes.length; at++) {
      const cause = one.causes[at]!;
      if (cause !== all.at(-1)) all.push(cause);
    }
  }
  return { key, value: written.join(' '), causes: distinct(all) };
}

/** One `Environment=` assignment. */
export const environment = (name: string, value: string, ...causes: readonly TopologyPath[]): Setting => ({
  key: 'Environment',
  value: withSpecifiers(`${name}=${value}`, quotedWord),
  causes,
});

/** `Description=` of a flow; the comment stands in parentheses, so that no backslash of it ends the line. */
export const description = (text: string, comment: string | undefined, path: TopologyPath): Setting =>
  comment === undefined
    ? setting('Description', plain(text), path)
    : setting('Description', plain(`${text} (${comment})`), [...path, 'comment'], path);

const SPECIFIER = /\{(%[a-zA-Z])\}/g;
/** Stands in for a specifier while the word is quoted; no quoting touches letters. */
const stand = (index: number): string => `OFFSITESPECIFIER${index}X`;

function withSpecifiers(text: string, quote: (text: string) => string): string {
  if (!text.includes('{%')) return quote(text);
  const rest = text.replace(SPECIFIER, '');
  if (rest !== '' && quote(rest) === rest) return text.replace(SPECIFIER, '$1');
  const found: string[] = [];
  const marked = text.replace(SPECIFIER, (_, specifier: string) => stand(found.push(specifier) - 1));
  return found.reduce(
    (value, specifier, index) => value.replace(stand(index), () => specifier),
    quote(marked),
  );
}

const quotedExec = (text: string): string => must(execWord(text), text);
const quotedWord = (text: string): string => must(unitWord(text), text);
const plain = (text: string): string => must(unitText(text), text);

/** Values that no unit can carry are refused by the schema; here they would be our own mistake. */
function must(quoted: string | undefined, text: string): string {
  if (quoted === undefined) throw new Error(`no unit can carry ${JSON.stringify(text)}`);
  return quoted;
}

export function distinct(paths: readonly TopologyPath[]): TopologyPath[] {
  // So many paths are compared with one another faster than texts are made of them.
  if (paths.length > 24) return [...new Map(paths.map(path => [JSON.stringify(path), path])).values()];
  const found: TopologyPath[] = [];
  for (let index = 0; index < paths.length; index++)
    if (!isAmong(found, paths[index]!)) found.push(paths[index]!);
  return found;
}

function isAmong(paths: readonly TopologyPath[], path: TopologyPath): boolean {
  for (let index = 0; index < paths.length; index++) {
    const other = paths[index]!;
    // Most paths are one and the same object.
    if (other === path) return true;
    let at = path.length === other.length ? path.length : -1;
    while (at > 0 && path[at - 1] === other[at - 1]) at--;
    if (at === 0) return true;
  }
  return false;
}

export interface UnitFile {
  readonly view: UnitView;
  readonly columns: FactColumns;
}

/** What the template gets and what the reader must find. */
export function unitFile(sections: UnitSections): UnitFile {
  let length = 0;
  for (const name in sections) length += sections[name]!.length;
  const columns = new ColumnList(length);
  const view: UnitView['sections'][number][] = [];
  for (const name in sections) {
    const settings = sections[name]!;
    const properties: { key: string; value: string }[] = [];
    const counts = new Map<string, number>();
    for (let index = 0; index < settings.length; index++) {
      const { key, value, causes } = settings[index]!;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      columns.add(name, key, count, value, causes);
      properties.push({ key, value });
    }
    view.push({ name, first: view.length === 0, comments: NO_COMMENTS, properties });
  }
  return { view: { sections: view }, columns };
}

const NO_COMMENTS: readonly string[] = [];

/** The artifact of a unit file in /etc/systemd/system. */
export const unitArtifact = (
  kind: string,
  target: string,
  name: string,
  { view, columns }: UnitFile,
): Lowered['artifacts'][number] =>
  new ColumnFile({
    kind,
    target,
    folder: 'root',
    path: `${UNIT_DIRECTORY}/${name}`,
    ownership: 'whole',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view,
    columns,
    phase: 'units',
  });

export const UNIT_DIRECTORY = '/etc/systemd/system';
