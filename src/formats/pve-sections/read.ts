/**
 * Reads PVE's `storage.cfg` and `jobs.cfg`. PVE itself never refuses such a file: it logs and goes on with less.
 * So this reader lists the losses: what PVE would drop, ignore or choke on later, and where.
 * Sources: pve-common `src/PVE/SectionConfig.pm`, pve-storage `src/PVE/Storage/Plugin.pm`. Perl's `\s` is ASCII here.
 */
import type { ReadError, ReadResult, TakeFound } from '../../artifacts/artifact.ts';
import { pveStorageIdProblem } from '../../proxmox/identifiers.ts';
import { decodePveText } from '../../proxmox/percent-text.ts';
import { isOpaqueType, type PveProperty, type PveSection, pveSection } from '../../proxmox/pve-files.ts';
import { pveReadProblem } from '../../proxmox/pve-values.ts';
import { needsText, supports, type Version } from '../../proxmox/version.ts';
import { collectFacts } from '../collect.ts';
import { factSink, type SectionSink } from '../section-facts.ts';
import { splitHeader, splitProperty } from './lines.ts';

export interface PvePropertyLine {
  readonly key: string;
  /** Trimmed; '' for a bare key; the comment of `jobs.cfg` decoded. */
  readonly value: string;
  readonly line: number;
}

export interface PveSectionLines {
  readonly type: string;
  readonly id: string;
  readonly line: number;
  /** In file order, those that PVE would drop included. */
  readonly properties: readonly PvePropertyLine[];
}

export interface PveDocument {
  readonly file: string;
  /** Sections that PVE knows by type, in file order. */
  readonly sections: readonly PveSectionLines[];
  /** What PVE would not read as it stands there, in line order of their discovery. */
  readonly losses: readonly ReadError[];
}

export interface PveReadOptions {
  /** `storage.cfg` or `jobs.cfg`. */
  readonly file: string;
  readonly version?: Version;
}

interface OpenSection {
  readonly type: string;
  readonly id: string;
  readonly line: number;
  /** `skipped`: PVE reads over it. `opaque`: no table here, taken as it is. */
  readonly table: PveSection | 'skipped' | 'opaque';
  /** Known properties that stood there with a good value, each once: there are few of them. */
  readonly seen: string[];
  /** Their lines. */
  readonly seenAt: number[];
}

interface Reading {
  readonly options: PveReadOptions;
  readonly sink: SectionSink;
  readonly losses: ReadError[];
  readonly lineOfId: Map<string, number>;
  open: OpenSection | undefined;
}

/** Reads a text; never throws, for any text. */
export function readPveSections(text: string, options: PveReadOptions): PveDocument {
  const sections: PveSectionLines[] = [];
  let properties: PvePropertyLine[] = [];
  const losses = readInto(text, options, {
    header(type, id, line) {
      properties = [];
      sections.push({ type, id, line, properties });
    },
    property: (key, value, line) => void properties.push({ key, value, line }),
  });
  return { file: options.file, sections, losses };
}

function readInto(text: string, options: PveReadOptions, sink: SectionSink): readonly ReadError[] {
  const reading: Reading = { options, sink, losses: [], lineOfId: new Map(), open: undefined };
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (line.includes('#') && /^[ \t\r\f\v]*#/.test(line)) continue;
    // Perl takes a line "0" for false, and so for an empty line.
    if (line === '' || line === '0') close(reading);
    else if (reading.open !== undefined) readProperty(reading, reading.open, line, index + 1);
    else readHeader(reading, line, index + 1);
  }
  close(reading);
  return reading.losses;
}

function readHeader(reading: Reading, text: string, line: number): void {
  const header = splitHeader(text);
  if (header === undefined) {
    const blank = /^[ \t\r\f\v]*$/.test(text);
    // Between sections a line of blanks is ignored with a log line and harms nothing.
    if (!blank) lose(reading, line, 'ignored: neither a section header "TYPE: ID" nor a comment');
    return;
  }
  const { file } = reading.options;
  const type = file === 'storage.cfg' ? header.type.toLowerCase() : header.type;
  const table = tableOf(reading, type, header.id, line);
  if (table !== 'skipped') reading.sink.header(type, header.id, line);
  reading.open = { type, id: header.id, line, table, seen: [], seenAt: [] };
}

function tableOf(reading: Reading, type: string, id: string, line: number): OpenSection['table'] {
  const { file } = reading.options;
  const idProblem = file === 'storage.cfg' ? pveStorageIdProblem(id) : undefined;
  if (idProblem !== undefined) {
    lose(reading, line, `section "${type}: ${id}" is skipped: ${idProblem}`);
    return 'skipped';
  }
  if (isOpaqueType(file, type)) return 'opaque';
  const table = pveSection(file, type);
  if (table !== undefined) return table;
  lose(reading, line, `section "${type}: ${id}" is skipped: unknown type "${type}"`);
  return 'skipped';
}

function readProperty(reading: Reading, open: OpenSection, text: string, line: number): void {
  if (open.table === 'skipped') return;
  const property = splitProperty(text);
  if (property === undefined) {
    const why = splitHeader(text) === undefined ? '' : ': an empty line must stand before a section header';
    lose(
      reading,
      line,
      `ignored${why === '' ? ': not a property line; only an empty line ends a section' : why}`,
    );
    return;
  }
  const { key } = property;
  const isComment = reading.options.file === 'jobs.cfg' && key === 'comment';
  const value = isComment ? decodePveText(property.value) : property.value;
  const { table } = open;
  if (table === 'opaque') {
    reading.sink.property(key, value, line, false);
    return;
  }
  const schema = Object.hasOwn(table.properties, key) ? table.properties[key] : undefined;
  reading.sink.property(key, value, line, schema?.array === true);
  const problem = propertyProblem(reading, open, schema, value);
  const first = open.seen.indexOf(key);
  // PVE looks for a duplicate before it looks at the value; a bad value does not count as given.
  if (schema !== undefined && schema.array !== true && first >= 0) {
    lose(reading, line, `"${key}" is dropped: it already stands in line ${open.seenAt[first]}`);
  } else if (problem !== undefined) {
    lose(reading, line, `"${key}" is dropped: ${problem}`);
  } else if (first < 0) {
    open.seen.push(key);
    open.seenAt.push(line);
  }
}

function propertyProblem(
  reading: Reading,
  open: OpenSection,
  schema: PveProperty | undefined,
  value: string,
): string | undefined {
  const { version } = reading.options;
  if (schema === undefined) return `unknown property of ${open.type}`;
  if (version !== undefined && schema.since !== undefined && !supports(version, schema.since)) {
    return needsText(schema.since, version);
  }
  return pveReadProblem(schema, value);
}

function close(reading: Reading): void {
  const { open } = reading;
  reading.open = undefined;
  if (open === undefined || open.table === 'skipped') return;
  const { type, id, line } = open;
  if (open.table !== 'opaque') {
    for (const key in open.table.properties) {
      const { required, filled } = open.table.properties[key]!;
      if (required !== true || filled === true || open.seen.includes(key)) continue;
      lose(
        reading,
        line,
        `section "${type}: ${id}" is kept undefined: "${key}" is missing or bad, the next save fails`,
      );
    }
  }
  const before = reading.lineOfId.get(id);
  if (before !== undefined) lose(reading, before, `section "${id}" is replaced by the one in line ${line}`);
  reading.lineOfId.set(id, line);
}

function lose(reading: Reading, line: number, message: string): void {
  reading.losses.push({ line, message });
}

/** Facts and losses at once: what a rendered file must pass. */
export function readPveFile(text: string, options: PveReadOptions): ReadResult {
  let errors: readonly ReadError[] = [];
  const facts = collectFacts(take => {
    errors = findPveFile(text, options, take);
  });
  return { facts, errors };
}

/** The same fact by fact; gives the losses. */
export const findPveFile = (text: string, options: PveReadOptions, take: TakeFound): readonly ReadError[] =>
  readInto(text, options, factSink(take));
