/**
 * Reader of /etc/network/interfaces and its fragments as ifupdown2 reads them (networkinterfaces.py), with an error
 * wherever ifupdown2 would silently take something else than the eye does.
 */
import type { ReadError, ReadFact, TakeFound } from '../../artifacts/artifact.ts';
import { collectFacts } from '../collect.ts';
import { type LogicalLine, logicalLines } from './lines.ts';

export interface InterfaceOption {
  readonly line: number;
  readonly name: string;
  readonly value: string;
}

export interface NamesStanza {
  readonly kind: 'auto' | 'allow';
  readonly line: number;
  /** `auto` or `allow-CLASS`. */
  readonly keyword: string;
  readonly names: readonly string[];
}

export interface InterfaceStanza {
  readonly kind: 'iface' | 'vlan';
  readonly line: number;
  readonly name: string;
  readonly family: string;
  readonly method: string;
  readonly options: readonly InterfaceOption[];
}

export interface SourceStanza {
  readonly kind: 'source' | 'source-directory';
  readonly line: number;
  readonly path: string;
}

export type Stanza = NamesStanza | InterfaceStanza | SourceStanza;

export interface InterfacesDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly stanzas: readonly Stanza[];
  readonly errors: readonly ReadError[];
}

const FAMILIES = new Set(['inet', 'inet6']);
const METHODS = new Set(['static', 'manual', 'loopback', 'dhcp', 'dhcp6', 'ppp', 'tunnel']);
const STANZA = /^(?:auto|allow(?:-.*)?|iface|vlan|source|source-directory)$/;

export function readInterfaces(text: string): InterfacesDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const stanzas: Stanza[] = [];
  let options: InterfaceOption[] | undefined;
  for (const logical of logicalLines(text, lines, errors)) {
    const blank = wordEnd(logical.text);
    const word = logical.text.slice(0, blank);
    const rest = logical.text.slice(textFrom(logical.text, blank));
    if (STANZA.test(word)) {
      options = undefined;
      const stanza = readStanza(word, rest, logical, errors);
      if (stanza === undefined) continue;
      stanzas.push(stanza);
      if ('options' in stanza) options = stanza.options as InterfaceOption[];
    } else if (options === undefined) {
      errors.push({ line: logical.line, message: `"${word}" is not a stanza and stands in none` });
    } else if (rest === '') {
      errors.push({ line: logical.line, message: `option "${word}" has no value` });
    } else {
      options.push({ line: logical.line, name: word, value: rest });
    }
  }
  return { lines, stanzas, errors };
}

/**
 * Facts in file order. ifupdown2 merges the stanzas of one interface, so options are counted per interface over all of
 * them: `iface ens19/up[0]`. Underscores in option names mean hyphens.
 */
export const interfacesFacts = (doc: InterfacesDocument): ReadFact[] => collectFacts(take => tell(doc, take));

/** The same fact by fact, from a text; gives the errors. */
export function findInterfaces(text: string, take: TakeFound): readonly ReadError[] {
  const document = readInterfaces(text);
  tell(document, take);
  return document.errors;
}

function tell(doc: InterfacesDocument, take: TakeFound): void {
  const sections = new Map<string, Map<string, number>>();
  const add = (section: string, key: string, value: string, line: number): void => {
    let counts = sections.get(section);
    if (counts === undefined) {
      counts = new Map<string, number>();
      sections.set(section, counts);
    }
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    take(section, key, count, value, line);
  };
  for (const stanza of doc.stanzas) {
    if ('names' in stanza) {
      for (const name of stanza.names) add(stanza.keyword, '', name, stanza.line);
    } else if ('path' in stanza) {
      add(stanza.kind, '', stanza.path, stanza.line);
    } else {
      const section = `${stanza.kind} ${stanza.name}`;
      add(section, 'stanza', `${stanza.family} ${stanza.method}`.trim(), stanza.line);
      for (const { name, value, line } of stanza.options)
        add(section, name.includes('_') ? name.replaceAll('_', '-') : name, value, line);
    }
  }
}

function readStanza(
  word: string,
  rest: string,
  { line }: LogicalLine,
  errors: ReadError[],
): Stanza | undefined {
  const words = rest.split(/[ \t]+/).filter(part => part !== '');
  const [first, family = '', method = '', extra] = words;
  if (first === undefined) {
    errors.push({ line, message: `"${word}" names nothing` });
    return undefined;
  }
  if (word === 'source' || word === 'source-directory') {
    if (words.length > 1) errors.push({ line, message: `"${word}" takes one path` });
    return { kind: word, line, path: first };
  }
  if (word !== 'iface' && word !== 'vlan') {
    return { kind: word === 'auto' ? 'auto' : 'allow', line, keyword: word, names: words };
  }
  if (extra !== undefined) errors.push({ line, message: `"${extra}" after the method is ignored` });
  if (first.length > 15)
    errors.push({ line, message: `interface name "${first}" has more than 15 characters` });
  if (first.includes('$')) errors.push({ line, message: `interface name "${first}" holds a variable` });
  if (family !== '' && !FAMILIES.has(family))
    errors.push({ line, message: `unknown address family "${family}"` });
  if (method !== '' && !METHODS.has(method)) errors.push({ line, message: `unknown method "${method}"` });
  return { kind: word, line, name: first, family, method, options: [] };
}

function wordEnd(text: string): number {
  let end = 0;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
  return end;
}

function textFrom(text: string, blank: number): number {
  let start = blank;
  while (isBlank(text.charCodeAt(start))) start++;
  return start;
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
