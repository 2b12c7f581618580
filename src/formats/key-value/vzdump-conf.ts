/**
 * Reads PVE's `/etc/vzdump.conf`: `key: value` lines, lenient. What PVE would drop or ignore is an error here.
 * Sources: pve-manager `PVE/VZDump.pm`, pve-common `src/PVE/JSONSchema.pm`, `parse_config`.
 */
import type { ReadError } from '../../artifacts/artifact.ts';
import { pveReadProblem } from '../../proxmox/pve-values.ts';
import { vzdumpRunProperties } from '../../proxmox/pve-vzdump.ts';
import { needsText, supports, type Version } from '../../proxmox/version.ts';
import type { KeyValueDocument, KeyValueLine } from './document.ts';

/** Reads a text; never throws. Unknown keys are kept by PVE without a word, and here reported as hazards. */
export function readVzdumpConf(text: string, version?: Version): KeyValueDocument {
  const entries: KeyValueLine[] = [];
  const description: KeyValueLine[] = [];
  const errors: ReadError[] = [];
  const hazards: ReadError[] = [];
  const lineOfKey = new Map<string, number>();
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === '') continue;
    if (content.startsWith('#')) {
      if (entries.length === 0)
        description.push({ key: `#${description.length}`, value: content.slice(1), line });
      continue;
    }
    const entry = splitEntry(content, line);
    if (entry === undefined) {
      errors.push({ line, message: 'ignored: expected "KEY: VALUE"' });
      continue;
    }
    const { key } = entry;
    const problem = entryProblem(entry, version);
    if (problem !== undefined) errors.push({ line, message: `"${key}" is dropped: ${problem}` });
    if (!Object.hasOwn(vzdumpRunProperties, key))
      hazards.push({ line, message: `unknown key "${key}" has no effect` });
    const before = lineOfKey.get(key);
    if (before !== undefined)
      hazards.push({ line, message: `"${key}" replaces the value of line ${before}` });
    lineOfKey.set(key, line);
    entries.push(entry);
  }
  if (lineOfKey.has('storage') && lineOfKey.has('dumpdir')) {
    hazards.push({ line: lineOfKey.get('dumpdir') ?? 1, message: '"dumpdir" is ignored beside "storage"' });
  }
  return { entries, description, errors, hazards };
}

/** The key ends at the first colon and holds no blank. */
function splitEntry(content: string, line: number): KeyValueLine | undefined {
  const colon = content.indexOf(':');
  if (colon < 1 || /\s/.test(content.slice(0, colon))) return undefined;
  return { key: content.slice(0, colon), value: content.slice(colon + 1).trim(), line };
}

function entryProblem({ key, value }: KeyValueLine, version?: Version): string | undefined {
  const property = Object.hasOwn(vzdumpRunProperties, key) ? vzdumpRunProperties[key] : undefined;
  if (property === undefined) return undefined;
  if (version !== undefined && property.since !== undefined && !supports(version, property.since)) {
    return needsText(property.since, version);
  }
  return value === '' ? 'the value is missing' : pveReadProblem(property, value);
}
