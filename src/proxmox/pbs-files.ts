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

const compiled = new Map<string, RegExp>();

/** A named pattern. Compiled on first use: some are long, and a run needs few of them. */
export function pbsPattern(name: string): RegExp {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const source = patterns[name];
  if (source === undefined) throw new Error(`no pattern named ${name}`);
  const pattern = new RegExp(source, 'u');
  compiled.set(name, pattern);
  return pattern;
}
