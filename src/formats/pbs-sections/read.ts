/**
 * Reads PBS's section files (`*.cfg` but `acl.cfg` and `node.cfg`, and PVE's `notifications.cfg`) with exactly the
 * acceptance of the program. Source: `proxmox-section-config/src/lib.rs`. Unlike PBS it goes on after an error, so
 * that all are reported; the first error is always on the line that PBS names.
 */
import type { ReadError, ReadResult, TakeFound } from '../../artifacts/artifact.ts';
import { isRequired, pbsFile, pbsProperty } from '../../proxmox/pbs-files.ts';
import type { PbsFile, PbsProperty, PbsSection, PbsValue } from '../../proxmox/pbs-schema.ts';
import { eachLine, hasControl, isWhitespace, trim } from '../../proxmox/plain-text.ts';
import { schemaProblem } from '../../proxmox/schema-check.ts';
import { typedProblem } from '../../proxmox/typed-check.ts';
import { needsText, supports } from '../../proxmox/version.ts';
import { collectFacts } from '../collect.ts';
import { factSink, type SectionSink } from '../section-facts.ts';
import type {
  PbsDocument,
  PbsPropertyLine,
  PbsReadError,
  PbsReadOptions,
  PbsSectionLines,
} from './document.ts';

interface OpenSection {
  readonly type: string;
  readonly id: string;
  /** Undefined for a type that PBS does not know: reported once, its properties are not judged. */
  readonly table: PbsSection | undefined;
  /** The same, also where the version does not have the type. */
  readonly anyTable: PbsSection | undefined;
  /** Known properties that stood there, each once: there are few of them. */
  readonly seen: string[];
}

interface Reading {
  readonly options: PbsReadOptions;
  readonly table: PbsFile;
  readonly sink: SectionSink;
  readonly errors: PbsReadError[];
  readonly hazards: ReadError[];
  readonly lineOfId: Map<string, number>;
  open: OpenSection | undefined;
  /** A run of lines that are no header is one error, not one per line. */
  lost: boolean;
}

/** Reads a text; never throws for any text. Throws for a file without a table, which is our own mistake. */
export function readPbsSections(text: string, options: PbsReadOptions): PbsDocument {
  const sections: PbsSectionLines[] = [];
  let properties: PbsPropertyLine[] = [];
  const { errors, hazards } = readInto(text, options, {
    header(type, id, line) {
      properties = [];
      sections.push({ type, id, line, properties });
    },
    property: (key, value, line) => void properties.push({ key, value, line }),
  });
  return { file: options.file, sections, errors, hazards };
}

function readInto(
  text: string,
  options: PbsReadOptions,
  sink: SectionSink,
): Pick<PbsDocument, 'errors' | 'hazards'> {
  const table = pbsFile(options.file);
  if (table === undefined) throw new Error(`no table for ${options.file}`);
  const reading: Reading = {
    options,
    table,
    sink,
    errors: [],
    hazards: [],
    lineOfId: new Map(),
    open: undefined,
    lost: false,
  };
  let lines = 0;
  eachLine(text, (line, number) => {
    lines = number;
    readLine(reading, line, number);
  });
  if (reading.open !== undefined) closeSection(reading, reading.open, lines);
  return reading;
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
  if (readProperty(reading, open, line, number)) return;
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
  const { sections } = reading.table;
  const anyTable = Object.hasOwn(sections, type) ? sections[type] : undefined;
  const table = headerTable(reading, type, anyTable, number);
  if (table?.id !== undefined) checkValue(reading, type, '', table.id, id, number);
  if (hasControl(id)) hazard(reading, number, 'PBS cannot save a section id with a control character');
  const first = reading.lineOfId.get(id);
  if (first !== undefined)
    hazard(reading, number, `the id "${id}" already stands in line ${first}: PBS keeps the last only`);
  reading.lineOfId.set(id, first ?? number);
  reading.sink.header(type, id, number);
  reading.open = { type, id, table, anyTable, seen: [] };
}

/** The table of a section type; undefined, and reported, for one that PBS does not know. */
function headerTable(
  reading: Reading,
  type: string,
  table: PbsSection | undefined,
  number: number,
): PbsSection | undefined {
  const { version } = reading.options;
  if (table === undefined) {
    const known = Object.keys(reading.table.sections).join(', ');
    fail(reading, number, `unknown section type "${type}"; known: ${known}`);
    return undefined;
  }
  if (version === undefined || supports(version, table.since)) return table;
  fail(reading, number, `unknown section type "${type}": ${needsText(table.since, version)}`);
  return undefined;
}

/**
 * First character white space, key up to the next, the rest is the value. Gives whether the line is a property: a bare
 * key is none.
 */
function readProperty(reading: Reading, open: OpenSection, line: string, number: number): boolean {
  if (!isWhitespace(line.charCodeAt(0))) return false;
  let start = 1;
  while (isWhitespace(line.charCodeAt(start))) start += 1;
  let end = start;
  while (end < line.length && !isWhitespace(line.charCodeAt(end))) end += 1;
  if (end === line.length) return false;
  takeProperty(reading, open, line.slice(start, end), trim(line.slice(end)), number);
  return true;
}

function takeProperty(reading: Reading, open: OpenSection, key: string, value: string, number: number): void {
  const known = open.anyTable === undefined ? undefined : pbsProperty(open.anyTable, key);
  reading.sink.property(key, value, number, known?.type === 'array');
  if (open.table === undefined) return;
  const property = judgedProperty(reading, open.table, key, known, number);
  if (property === undefined) return;
  // PBS checks the value first, then whether the property stands there already.
  const before = reading.errors.length;
  checkValue(reading, open.type, key, property, value, number);
  const isSeen = open.seen.includes(key);
  if (property.type !== 'array' && isSeen && reading.errors.length === before) {
    fail(reading, number, `duplicate property "${key}"`);
  }
  if (!isSeen) open.seen.push(key);
  if (hasControl(value)) hazard(reading, number, `PBS cannot save a control character in "${key}"`);
  if (value === '')
    hazard(reading, number, `"${key}" has no value: without its trailing blank the file is unreadable`);
}

function judgedProperty(
  reading: Reading,
  table: PbsSection,
  key: string,
  property: PbsProperty | undefined,
  number: number,
): PbsProperty | PbsValue | undefined {
  if (key === table.idProperty && table.id !== undefined) {
    hazard(reading, number, `"${key}" is ignored: the id of a section is in its header`);
    return table.id;
  }
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
  const { file, version, filled } = reading.options;
  const judged = filled === undefined ? value : filled(value);
  const problem = schemaProblem(schema, judged, version)?.reason;
  const typed = problem === undefined ? typedProblem(file, type, key, schema, judged) : undefined;
  const reason = problem ?? typed;
  if (reason === undefined) return;
  const what = key === '' ? `section id "${value}"` : `property "${key}"`;
  const stage = problem === undefined ? 'typed' : 'schema';
  reading.errors.push({ line, message: `${what}: ${reason}`, stage });
}

function closeSection(reading: Reading, open: OpenSection, number: number): void {
  const properties = open.table?.properties ?? {};
  for (const key in properties) {
    const property = properties[key]!;
    if (!isRequired(property, reading.options.version) || open.seen.includes(key)) continue;
    fail(reading, number, `property "${key}" is missing in "${open.type}: ${open.id}"`);
  }
  reading.open = undefined;
}

function fail(reading: Reading, line: number, message: string): void {
  reading.errors.push({ line, message, stage: 'schema' });
}

function hazard(reading: Reading, line: number, message: string): void {
  reading.hazards.push({ line, message });
}

/** Facts and errors at once, hazards counted as errors: what a rendered file must pass. */
export function readPbsFile(text: string, options: PbsReadOptions): ReadResult {
  let errors: readonly ReadError[] = [];
  const facts = collectFacts(take => {
    errors = findPbsFile(text, options, take);
  });
  return { facts, errors };
}

/** The same fact by fact; gives the errors. */
export function findPbsFile(text: string, options: PbsReadOptions, take: TakeFound): readonly ReadError[] {
  const { errors, hazards } = readInto(text, options, factSink(take));
  return hazards.length === 0 ? errors : [...errors, ...hazards];
}
