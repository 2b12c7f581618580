/** Reader of wg-quick configuration, as strict as wg-quick and `wg setconf` together (wg(8), config.c, linux.bash). */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';
import { checkPeers, checkValue } from './check.ts';
import { type KeyKind, keysOf, type SectionName } from './keys.ts';

export interface WireguardSetting {
  readonly line: number;
  /** The key in its usual spelling. */
  readonly key: string;
  /** The value, one element for each member of a list. */
  readonly values: readonly string[];
  readonly kind: KeyKind;
}

export interface WireguardSection {
  readonly name: SectionName;
  readonly line: number;
  readonly settings: readonly WireguardSetting[];
}

export interface WireguardDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly sections: readonly WireguardSection[];
  readonly errors: readonly ReadError[];
}

export function readWireguard(text: string): WireguardDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const sections: (WireguardSection & { readonly settings: WireguardSetting[] })[] = [];
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (/[\0\r]/.test(content))
      errors.push({ line, message: 'a control character is dropped or ends the line' });
    const hash = content.indexOf('#');
    const plain = trim(hash < 0 ? content : content.slice(0, hash));
    if (plain === '') continue;
    const header = /^\[(interface|peer)\]$/i.exec(plain)?.[1];
    const section = sections.at(-1);
    if (header !== undefined) {
      sections.push({ name: header.toLowerCase() === 'peer' ? 'Peer' : 'Interface', line, settings: [] });
    } else if (section === undefined) {
      errors.push({ line, message: `"${plain}" stands before any section` });
    } else {
      const setting = readSetting(plain, line, hash >= 0, section, errors);
      if (setting !== undefined) section.settings.push(setting);
    }
  }
  checkPeers(sections, errors);
  return { lines, sections, errors };
}

/**
 * Facts in file order: `Interface/Address[0]`, `Interface/MTU`, `Peer 0/AllowedIPs[1]`. Several `[Interface]` sections
 * are one; list members are counted over repeated keys.
 */
export function wireguardFacts(doc: WireguardDocument): ReadFact[] {
  const facts: ReadFact[] = [];
  const counts = new Map<string, number>();
  let peers = 0;
  for (const section of doc.sections) {
    const place = section.name === 'Peer' ? `Peer ${peers++}` : section.name;
    for (const { key, kind, values, line } of section.settings) {
      const at = `${place}/${key}`;
      for (const value of values) {
        const count = counts.get(at) ?? 0;
        counts.set(at, count + 1);
        facts.push({ at: kind === 'single' ? at : `${at}[${count}]`, value, line });
      }
    }
  }
  return facts;
}

function readSetting(
  plain: string,
  line: number,
  commented: boolean,
  section: WireguardSection,
  errors: ReadError[],
): WireguardSetting | undefined {
  const equals = plain.indexOf('=');
  const key = keysOf(section.name).get(trim(plain.slice(0, Math.max(equals, 0))).toLowerCase());
  if (key === undefined) {
    errors.push({ line, message: `"${plain}" is not known in [${section.name}]` });
    return undefined;
  }
  if (key.kind === 'command' && commented) {
    errors.push({ line, message: `"#" cuts the ${key.name} command in some versions of wg-quick` });
  }
  if (key.kind === 'single' && section.settings.some(other => other.key === key.name)) {
    errors.push({ line, message: `${key.name} stands twice in one section; the last one counts` });
  }
  const values = split(key.kind, trim(plain.slice(equals + 1)));
  if (values.length === 0 || values.includes(''))
    errors.push({ line, message: `${key.name} has an empty value` });
  for (const value of values) {
    const problem = value === '' ? undefined : checkValue(key.name, value);
    if (problem !== undefined) errors.push({ line, message: `${key.name} "${value}": ${problem}` });
  }
  return { line, key: key.name, values, kind: key.kind };
}

/** wg-quick splits Address and DNS at commas and blanks; wg drops blanks and splits AllowedIPs at commas. */
function split(kind: KeyKind, value: string): readonly string[] {
  if (kind === 'list') return value.split(',').map(part => part.replace(/[ \t\v\f\r]+/g, ''));
  if (kind === 'words') return value.split(/[, \t]+/).filter(part => part !== '');
  return [value];
}

const trim = (text: string): string => text.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, '');
