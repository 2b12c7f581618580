/**
 * Reads PBS's section files (`*.cfg` but `acl.cfg` and `node.cfg`, and PVE's `notifications.cfg`) with exactly the
 * acceptance of the program. Source: `proxmox-section-config/src/lib.rs`. Unlike PBS it goes on after an error, so
 * that all are reported; the first error is always on the line that PBS names.
 */
import type { ReadError, ReadFact, ReadResult, TakeFound } from '../../artifacts/artifact.ts';
import { isRequired, pbsFile, pbsProperty } from '../../proxmox/pbs-files.ts';
import type { PbsFile, PbsProperty, PbsSection, PbsValue } from '../../proxmox/pbs-schema.ts';
import { hasControl, isWhitespace, splitLines, trim } from '../../proxmox/plain-text.ts';
import { schemaProblem } from '../../proxmox/schema-check.ts';
import { typedProblem } from '../../proxmox/typed-check.ts';
import { needsText, supports } from '../../proxmox/version.ts';
import { collectFacts } from '../collect.ts';
import type {
  PbsDocument,
  PbsPropertyLine,
  PbsReadError,
  PbsReadOptions,
  PbsSectionLines,
} from './document.ts';

interface OpenSection {
  readonly lines: { type: string; id: string; line: number; properties: PbsPropertyLine[] };
  /** Undefined for a type without a table: reported once, its properties are not judged. */
  readonly table: PbsSection | undefined;
  readonly seen: Set<string>;
}

interface Reading {
  readonly options: PbsReadOptions;
  readonly table: PbsFile;
  readonly sections: PbsSectionLines[];
  readonly errors: PbsReadError[];
  readonly hazards: ReadError[];
  readonly lineOfId: Map<string, number>;
  open: OpenSection | undefined;
  /** A run of lines that are no header is one error, not one per line. */
  lost: boolean;
}

/** Reads a text; never throws for any text. Throws for a file without a table, which is our own mistake. */
export function readPbsSections(text: string, options: PbsReadOptions): PbsDocument {
  const table = pbsFile(options.file);
  if (table === undefined) throw new Error(`no table for ${options.file}`);
  const reading: Reading = {
    options,
    table,
    sections: [],
    errors: [],
    hazards: [],
    lineOfId: new Map(),
    open: undefined,
    lost: false,
  };
  const lines = splitLines(text);
  for (let index = 0; index < lines.length; index++) readLine(reading, lines[index]!, index + 1);
  if (reading.open !== undefined) closeSection(reading, reading.open, lines.length);
  const { sections, errors, hazards } = reading;
  return { file: options.file, sections, errors, hazards };
}

function readLine(reading: Reading, line: string, number: number): void {
  const { open } = reading;
  if (trim(line) === '') {
    if (open !== undefined) closeSection(reading, open, number);
    reading.lost = false;
    return;
  }
  if (open === undefined) {
    readHeader(reading, line, number);
    return;
  }
  const property = splitProperty(line);
  if (property !== undefined) {
    readProperty(reading, open, property, number);
    return;
  }
  fail(
    reading,
    number,
    `expected a property line: blanks, key, blank, value${isHeader(line) ? '; an empty line must end the section before' : ''}`,
  );
  if (!isHeader(line)) return;
  closeSection(reading, open, number);
  readHeader(reading, line, number);
}

const isHeader = (line: string): boolean => isAlphabetic(line) && line.includes(':');

/** Whether the first character is; making the expression for all of Unicode takes milliseconds. */
function isAlphabetic(line: string): boolean {
  const code = line.charCodeAt(0);
  if (code < 0x80) return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return /^\p{Alphabetic}/u.test(line);
}

/** First character white space, key up to the next, the rest is the value; a bare key is no property. */
function splitProperty(line: string): { key: string; value: string } | undefined {
  if (!isWhitespace(line.charCodeAt(0))) return undefined;
  let start = 1;
  while (isWhitespace(line.charCodeAt(start))) start += 1;
  let end = start;
  while (end < line.length && !isWhitespace(line.charCodeAt(end))) end += 1;
  return end === line.length ? undefined : { key: line.slice(start, end), value: trim(line.slice(end)) };
}

function readHeader(reading: Reading, line: string, number: number): void {
  if (!isHeader(line)) {
    if (!reading.lost) fail(reading, number, 'expected a section header "TYPE: ID" at the start of the line');
    reading.lost = true;
    return;
  }
  reading.lost = false;
  const colon = line.indexOf(':');
  const type = trim(line.slice(0, colon));
  const id = trim(line.slice(colon + 1));
  const table = headerTable(reading, type, number);
  if (table?.id !== undefined) checkValue(reading, type, '', table.id, id, number);
  if (hasControl(id)) hazard(reading, number, 'PBS cannot save a section id with a control character');
  const first = reading.lineOfId.get(id);
  if (first !== undefined)
    hazard(reading, number, `the id "${id}" already stands in line ${first}: PBS keeps the last only`);
  reading.lineOfId.set(id, first ?? number);
  reading.open = { lines: { type, id, line: number, properties: [] }, table, seen: new Set() };
}

/** The table of a section type; undefined, and reported, for one that PBS does not know. */
function headerTable(reading: Reading, type: string, number: number): PbsSection | undefined {
  const { sections } = reading.table;
  const table = Object.hasOwn(sections, type) ? sections[type] : undefined;
  const { version } = reading.options;
  if (table === undefined) {
    fail(reading, number, `unknown section type "${type}"; known: ${Object.keys(sections).join(', ')}`);
    return undefined;
  }
  if (version === undefined || supports(version, table.since)) return table;
  fail(reading, number, `unknown section type "${type}": ${needsText(table.since, version)}`);
  return undefined;
}

function readProperty(
  reading: Reading,
  open: OpenSection,
  { key, value }: { key: string; value: string },
  number: number,
): void {
  open.lines.properties.push({ key, value, line: number });
  if (open.table === undefined) return;
  const property = findProperty(reading, open.table, key, number);
  if (property === undefined) return;
  // PBS checks the value first, then whether the property stands there already.
  const before = reading.errors.length;
  checkValue(reading, open.lines.type, key, property, value, number);
  if (property.type !== 'array' && open.seen.has(key) && reading.errors.length === before) {
    fail(reading, number, `duplicate property "${key}"`);
  }
  open.seen.add(key);
  if (hasControl(value)) hazard(reading, number, `PBS cannot save a control character in "${key}"`);
  if (value === '')
    hazard(reading, number, `"${key}" has no value: without its trailing blank the file is unreadable`);
}

function findProperty(
  reading: Reading,
  table: PbsSection,
  key: string,
  number: number,
): PbsProperty | PbsValue | undefined {
  if (key === table.idProperty && table.id !== undefined) {
    hazard(reading, number, `"${key}" is ignored: the id of a section is in its header`);
    return table.id;
  }
  const property = pbsProperty(table, key);
  if (property === undefined) {
    fail(reading, number, `unknown property "${key}"`);
    return undefined;
  }
  const since = property.since ?? table.since;
  const { version } = reading.options;
  if (version === undefined || supports(version, since)) return property;
  fail(reading, number, `unknown property "${key}": ${needsText(since, version)}`);
  return undefined;
}

function checkValue(
  reading: Reading,
  type: string,
  key: string,
  schema: PbsValue,
  value: string,
  line: number,
): void {
  const { file, version } = reading.options;
  const what = key === '' ? `section id "${value}"` : `property "${key}"`;
  const problem = schemaProblem(schema, value, version);
  if (problem !== undefined) {
    fail(reading, line, `${what}: ${problem.reason}`);
    return;
  }
  const typed = typedProblem(file, type, key, schema, value);
  if (typed !== undefined) reading.errors.push({ line, message: `${what}: ${typed}`, stage: 'typed' });
}

function closeSection(reading: Reading, open: OpenSection, number: number): void {
  const properties = open.table?.properties ?? {};
  for (const key in properties) {
    const property = properties[key]!;
    if (!isRequired(property, reading.options.version) || open.seen.has(key)) continue;
    fail(reading, number, `property "${key}" is missing in "${open.lines.type}: ${open.lines.id}"`);
  }
  reading.sections.push(open.lines);
  reading.open = undefined;
}

function fail(reading: Reading, line: number, message: string): void {
  reading.errors.push({ line, message, stage: 'schema' });
}

function hazard(reading: Reading, line: number, message: string): void {
  reading.hazards.push({ line, message });
}

/** The statements of a document: one per header (`sync: pull-home`, value '') and one per property line. */
export const facts = (document: PbsDocument): ReadFact[] => collectFacts(take => tell(document, take));

function tell(document: PbsDocument, take: TakeFound): void {
  const table = pbsFile(document.file);
  for (const { type, id, line, properties } of document.sections) {
    const section = `${type}: ${id}`;
    take(section, '', -1, '', line);
    const types =
      table !== undefined && Object.hasOwn(table.sections, type) ? table.sections[type] : undefined;
    const counts = new Map<string, number>();
    for (const { key, value, line } of properties) {
      if (types === undefined || pbsProperty(types, key)?.type !== 'array') {
        take(section, key, -1, value, line);
        continue;
      }
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      take(section, key, count, value, line);
    }
  }
}

/** Facts and errors at once, hazards counted as errors: what a rendered file must pass. */
export function readPbsFile(text: string, options: PbsReadOptions): ReadResult {
  const document = readPbsSections(text, options);
  return { facts: facts(document), errors: [...document.errors, ...document.hazards] };
}

/** The same fact by fact; gives the errors. */
export function findPbsFile(text: string, options: PbsReadOptions, take: TakeFound): readonly ReadError[] {
  const document = readPbsSections(text, options);
  tell(document, take);
  return [...document.errors, ...document.hazards];
}
