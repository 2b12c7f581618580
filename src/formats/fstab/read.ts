/**
 * Reader of /etc/fstab, whole or only our marked block. As strict as the two programs that read the file together:
 * libmount (mount, findmnt) and glibc's getmntent (systemd-fstab-generator). What they read differently is an error.
 */
import type { ReadError, ReadFact, TakeFound } from '../../artifacts/artifact.ts';
import { collectFacts } from '../collect.ts';

export interface FstabEntry {
  readonly line: number;
  /** The six fields, decoded. Missing dump and pass numbers are 0. */
  readonly source: string;
  readonly mountpoint: string;
  readonly type: string;
  readonly options: string;
  readonly dump: string;
  readonly pass: string;
  /** Inside our marked block. */
  readonly marked: boolean;
}

export interface FstabDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly entries: readonly FstabEntry[];
  /** First and last line of our block, markers included. */
  readonly block?: { readonly begin: number; readonly end: number };
  readonly errors: readonly ReadError[];
}

const CONTROL = /[\0\r]/;
const BEGIN = /^# BEGIN offsite(?: |$)/;
const END = /^# END offsite(?: |$)/;
/** The escapes that glibc 2.36 and libmount both decode. */
const OCTAL: Readonly<Record<string, string>> = { '040': ' ', '011': '\t', '012': '\n', '134': '\\' };

export function readFstab(text: string): FstabDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const entries: FstabEntry[] = [];
  let begin: number | undefined;
  let block: { begin: number; end: number } | undefined;
  const hasControl = CONTROL.test(text);
  for (let index = 0; index < lines.length; index++) {
    const content = lines[index]!;
    const line = index + 1;
    if (hasControl && CONTROL.test(content))
      errors.push({ line, message: 'a control character ends up in a field' });
    if (content === '') continue;
    const isComment = content.startsWith('#');
    if (isComment && BEGIN.test(content)) {
      if (begin !== undefined || block !== undefined)
        errors.push({ line, message: 'a second "# BEGIN offsite"' });
      begin ??= line;
    } else if (isComment && END.test(content)) {
      if (begin === undefined) errors.push({ line, message: '"# END offsite" without "# BEGIN offsite"' });
      else block ??= { begin, end: line };
      begin = undefined;
    } else if (!isComment) {
      const entry = readEntry(content, line, begin !== undefined, errors);
      if (entry !== undefined) entries.push(entry);
    }
  }
  if (begin !== undefined) errors.push({ line: begin, message: '"# BEGIN offsite" without "# END offsite"' });
  errors.push(...repeatedMountpoints(entries));
  return { lines, entries, ...(block === undefined ? {} : { block }), errors };
}

/** One fact per field; a mount point that occurs again (`none` of swap) is counted: `fstab none[1]/source`. */
export const fstabFacts = (doc: FstabDocument): ReadFact[] => collectFacts(take => tellFstab(doc, take));

/** The same fact by fact. */
export function tellFstab(doc: FstabDocument, take: TakeFound): void {
  const seen = new Map<string, number>();
  for (const { line, mountpoint, source, type, options, dump, pass } of doc.entries) {
    const count = seen.get(mountpoint) ?? 0;
    seen.set(mountpoint, count + 1);
    const section = count === 0 ? `fstab ${mountpoint}` : `fstab ${mountpoint}[${count}]`;
    take(section, 'source', -1, source, line);
    take(section, 'type', -1, type, line);
    take(section, 'options', -1, options, line);
    take(section, 'dump', -1, dump, line);
    take(section, 'pass', -1, pass, line);
  }
}

function readEntry(
  content: string,
  line: number,
  marked: boolean,
  errors: ReadError[],
): FstabEntry | undefined {
  const words = wordsOf(content);
  if (words.length === 0 || words[0]!.startsWith('#')) return undefined;
  for (let index = 0; index < words.length; index++) words[index] = decode(words[index]!, line, errors);
  const [source, mountpoint, type, options, dump = '0', pass = '0', rest] = words;
  if (source === undefined || mountpoint === undefined || type === undefined || options === undefined) {
    errors.push({ line, message: `${words.length} fields where fstab has six` });
    return undefined;
  }
  if (rest !== undefined && !rest.startsWith('#')) {
    errors.push({
      line,
      message: `"${rest}" after the sixth field: a blank inside a field is written \\040`,
    });
  }
  checkNumber(dump, line, errors);
  checkNumber(pass, line, errors);
  if (!mountpoint.startsWith('/') && mountpoint !== 'none' && mountpoint !== 'swap') {
    errors.push({ line, message: `mount point "${mountpoint}" is not an absolute path` });
  }
  return { line, source, mountpoint, type, options, dump, pass, marked };
}

function wordsOf(content: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < content.length; ) {
    let end = at;
    while (end < content.length && !isBlank(content.charCodeAt(end))) end++;
    if (end > at) words.push(content.slice(at, end));
    at = end + 1;
  }
  return words;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

function checkNumber(text: string, line: number, errors: ReadError[]): void {
  if (text === '0' || text === '2' || /^\d+$/.test(text)) return;
  errors.push({ line, message: `"${text}" where a number is expected` });
}

function decode(word: string, line: number, errors: ReadError[]): string {
  if (!word.includes('\\')) return word;
  return word.replace(/\\([0-7]{3})?/g, (octal, digits: string | undefined) => {
    const plain = digits === undefined ? undefined : OCTAL[digits];
    if (plain === undefined) {
      errors.push({ line, message: `"${octal}" in "${word}" is read differently by mount and by systemd` });
    }
    return plain ?? octal;
  });
}

function repeatedMountpoints(entries: readonly FstabEntry[]): ReadError[] {
  const first = new Map<string, number>();
  const errors: ReadError[] = [];
  for (const { mountpoint, line } of entries) {
    const earlier = first.get(mountpoint);
    if (earlier === undefined) first.set(mountpoint, line);
    else if (mountpoint.startsWith('/')) {
      errors.push({ line, message: `mount point "${mountpoint}" stands in line ${earlier} already` });
    }
  }
  return errors;
}
