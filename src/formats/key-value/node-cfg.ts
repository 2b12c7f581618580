/**
 * Reads and writes PBS's `node.cfg`: `key: value` lines, strict. Leading `#` lines are the node's description.
 * Source: `pbs-config/src/key_value.rs`, `pbs-api-types/src/node.rs`.
 */
import type { ReadError } from '../../artifacts/artifact.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { FLAT, pbsProperty, pbsSection } from '../../proxmox/pbs-files.ts';
import { hasControl, parseInteger, splitLines, trim } from '../../proxmox/plain-text.ts';
import { schemaProblem } from '../../proxmox/schema-check.ts';
import { typedProblem } from '../../proxmox/typed-check.ts';
import { needsText, supports, type Version } from '../../proxmox/version.ts';
import type { KeyValueDocument, KeyValueLine } from './document.ts';

const FILE = 'node.cfg';

/** Reads a text; never throws. An unknown key or a bad value makes the file unreadable for PBS. */
export function readNodeCfg(text: string, version?: Version): KeyValueDocument {
  const entries: KeyValueLine[] = [];
  const errors: ReadError[] = [];
  const hazards: ReadError[] = [];
  const lines = splitLines(text);
  const found = lines.findIndex(line => !line.startsWith('#'));
  const leading = found === -1 ? lines.length : found;
  const description = lines
    .slice(0, leading)
    .map((line, index) => ({ key: `#${index}`, value: line.slice(1), line: index + 1 }));
  const lineOfKey = new Map<string, number>();
  for (const [index, raw] of lines.slice(leading).entries()) {
    const line = leading + index + 1;
    const content = trim(raw);
    if (content === '') continue;
    if (content.startsWith('#')) {
      hazards.push({ line, message: 'a comment after the first key is lost at the next save' });
      continue;
    }
    const colon = content.indexOf(':');
    if (colon < 1) {
      errors.push({ line, message: 'expected "KEY: VALUE"' });
      continue;
    }
    const entry = { key: content.slice(0, colon), value: trim(content.slice(colon + 1)), line };
    const problem = entryProblem(entry, version);
    if (problem !== undefined) errors.push({ line, message: problem });
    const before = lineOfKey.get(entry.key);
    if (before !== undefined)
      hazards.push({ line, message: `"${entry.key}" replaces the value of line ${before}` });
    if (hasControl(entry.value)) hazards.push({ line, message: `"${entry.key}" holds a control character` });
    lineOfKey.set(entry.key, line);
    entries.push(entry);
  }
  return { entries, description, errors, hazards };
}

function entryProblem({ key, value }: KeyValueLine, version?: Version): string | undefined {
  const section = pbsSection(FILE, FLAT);
  const property = section === undefined ? undefined : pbsProperty(section, key);
  if (property === undefined) return `unknown key "${key}"`;
  if (version !== undefined && property.since !== undefined && !supports(version, property.since)) {
    return `unknown key "${key}": ${needsText(property.since, version)}`;
  }
  const reason =
    schemaProblem(property, value, version)?.reason ?? typedProblem(FILE, FLAT, key, property, value);
  return reason === undefined ? undefined : `"${key}": ${reason}`;
}

/** The form PBS writes: description, then keys in byte order; of a key given twice the last. */
export function writeNodeCfg(document: Pick<KeyValueDocument, 'entries' | 'description'>): string {
  const last = new Map(document.entries.map(({ key, value }) => [key, value]));
  const section = pbsSection(FILE, FLAT);
  const lines = [...last]
    .sort(([a], [b]) => byBytes(a, b))
    .map(([key, value]) => {
      const integer = section !== undefined && pbsProperty(section, key)?.type === 'integer';
      return `${key}: ${integer ? (parseInteger(value) ?? value) : value}`;
    });
  return [...document.description.map(({ value }) => `#${value}`), ...lines]
    .map(line => `${line}\n`)
    .join('');
}
