/**
 * Property tables of PBS's configuration files: which sections and properties a file may hold, and since when.
 * Extracted from the upstream type definitions (`pbs-api-types`, `proxmox-notify`, `proxmox-s3-client`).
 */
import { files, patterns } from './generated/pbs-schema.ts';
import type { PbsFile, PbsProperty, PbsSection } from './pbs-schema.ts';
import { supports, type Version } from './version.ts';

/** The section type under which `node.cfg` keeps its keys; that file has no sections. */
export const FLAT = '(flat)';

/** Names such as `sync.cfg`, in the order of the table. */
export const pbsFileNames = (): readonly string[] => Object.keys(files);

/** The table of a file by name (`sync.cfg`); undefined for a file without a table (`acl.cfg` has its own format). */
export const pbsFile = (name: string): PbsFile | undefined =>
  Object.hasOwn(files, name) ? files[name] : undefined;

/** The table of a section type of a file. */
export function pbsSection(file: string, type: string): PbsSection | undefined {
  const sections = pbsFile(file)?.sections;
  return sections !== undefined && Object.hasOwn(sections, type) ? sections[type] : undefined;
}

/** A property of a section, by its native name. */
export function pbsProperty(section: PbsSection, key: string): PbsProperty | undefined {
  return Object.hasOwn(section.properties, key) ? section.properties[key] : undefined;
}

/** Whether a section lacks validity without this property, in the given version (newest if none is given). */
export function isRequired(property: PbsProperty, version?: Version): boolean {
  if (!property.optional) return true;
  if (version === undefined || property.optionalSince === undefined) return false;
  return !supports(version, property.optionalSince);
}

/** A named pattern: compiled when it is first used, since some are long and a run needs few of them. */
export interface PbsPattern {
  test(text: string): boolean;
  exec(text: string): RegExpExecArray | null;
}

const known = new Map<string, PbsPattern>();

/** The pattern of that name. Throws when there is none. */
export function pbsPattern(name: string): PbsPattern {
  const found = known.get(name);
  if (found !== undefined) return found;
  const source = patterns[name];
  if (source === undefined) throw new Error(`no pattern named ${name}`);
  const pattern = lazyPattern(source);
  known.set(name, pattern);
  return pattern;
}

/**
 * IPv6 addresses are nine tenths of the patterns that allow them, and compiling those takes milliseconds. A text without
 * `::` and without six colons holds none, so that it is matched against the rest of the pattern.
 */
function lazyPattern(source: string): PbsPattern {
  const short = withoutAddresses(source);
  let full: RegExp | undefined;
  let rest: RegExp | undefined;
  const chosen = (text: string): RegExp => {
    if (short === source || MAY_HOLD_IPV6.test(text)) {
      full ??= new RegExp(source, 'u');
      return full;
    }
    rest ??= new RegExp(short, 'u');
    return rest;
  };
  return { test: text => chosen(text).test(text), exec: text => chosen(text).exec(text) };
}

const MAY_HOLD_IPV6 = /::|(?::[^:]*){6}/;
/** How the first alternative of an address begins (`IPV6RE` in `proxmox-schema/src/api_types.rs`). */
const IPV6_START = '(?:(?:(?:(?:[0-9a-fA-F]{1,4}):){6})';
const NEVER = '(?!)';
const IPV4 =
  '(?:(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9]))';

/** Where an IPv4 address is an alternative to a DNS name it is one, too. */
const withoutAddresses = (source: string): string => withoutIpv6(source).replaceAll(`|(?:${IPV4}|`, '|(?:');

function withoutIpv6(source: string): string {
  const first = source.indexOf(`(?:${IPV6_START}`);
  if (first < 0) return source;
  let depth = 0;
  let open = first;
  let close = source.indexOf(')', first);
  // Neither escapes nor classes inside of an address hold parentheses.
  while (close >= 0) {
    if (open >= 0 && open < close) {
      depth++;
      open = source.indexOf('(', open + 1);
    } else if (--depth === 0) {
      return source.slice(0, first) + NEVER + withoutIpv6(source.slice(close + 1));
    } else close = source.indexOf(')', close + 1);
  }
  return source;
}
