/**
 * Judges one property of a configuration file against the tables of the declared version: used for what is rendered
 * and for what a topology gives under `properties:`.
 */
import { closest, distance } from 'fastest-levenshtein';
import { pbsProperty, pbsSection } from './pbs-files.ts';
import type { PbsProperty, PbsSection } from './pbs-schema.ts';
import { pveSection } from './pve-files.ts';
import { pveValueProblem } from './pve-values.ts';
import { schemaProblem } from './schema-check.ts';
import { typedProblem } from './typed-check.ts';
import { needsText, supports, type Version } from './version.ts';

export interface PropertyFinding {
  readonly code: 'unknown-property' | 'property-too-new' | 'bad-value';
  /** One clause, the offending word quoted. */
  readonly message: string;
  /** What is allowed, or how to fix it. */
  readonly help: string;
}

/**
 * Checks `key value` in a section of a PBS file (`sync.cfg`, `sync`; for `node.cfg` the type is `FLAT`).
 * For an array property `value` is one item. Both stages of PBS's validation are covered.
 * Throws for a file or section type without a table: those names are never user input.
 */
export function checkPbsValue(
  file: string,
  type: string,
  key: string,
  value: string,
  version: Version,
): PropertyFinding | undefined {
  const section = pbsSection(file, type);
  if (section === undefined) throw new Error(`no table for ${type} in ${file}`);
  return checkPbsProperty(file, type, section, key, pbsProperty(section, key), value, version);
}

/** The same where the tables of the section and of the property are at hand; undefined for a property without one. */
export function checkPbsProperty(
  file: string,
  type: string,
  section: PbsSection,
  key: string,
  property: PbsProperty | undefined,
  value: string,
  version: Version,
): PropertyFinding | undefined {
  if (property === undefined)
    return unknownProperty(placeOf(file, type), key, available(section.properties, version));
  if (!supports(version, property.since ?? section.since)) {
    return tooNew(`"${key}" of ${placeOf(file, type)}`, property.since ?? section.since, version);
  }
  if (property.deprecated === true) {
    const help = 'PBS still parses it and does nothing with it; leave it out';
    return { code: 'bad-value', message: `"${key}" of ${placeOf(file, type)} has no effect`, help };
  }
  const problem = schemaProblem(property, value, version);
  if (problem?.tooNew === true) {
    return {
      code: 'property-too-new',
      message: `"${value}" for "${key}" of ${placeOf(file, type)} ${problem.reason}`,
      help: UPGRADE,
    };
  }
  const reason = problem?.reason ?? typedProblem(file, type, key, property, value);
  return reason === undefined
    ? undefined
    : badValue(placeOf(file, type), key, property.secret === true ? undefined : value, reason);
}

/** The same for PVE's `storage.cfg` (type as in `pbs`) and `jobs.cfg` (`vzdump`). */
export function checkPveValue(
  file: string,
  type: string,
  key: string,
  value: string,
  version: Version,
): PropertyFinding | undefined {
  const section = pveSection(file, type);
  if (section === undefined) throw new Error(`no table for ${type} in ${file}`);
  const property = Object.hasOwn(section.properties, key) ? section.properties[key] : undefined;
  if (property === undefined)
    return unknownProperty(placeOf(file, type), key, available(section.properties, version));
  if (property.since !== undefined && !supports(version, property.since)) {
    return tooNew(`"${key}" of ${placeOf(file, type)}`, property.since, version);
  }
  const reason = pveValueProblem(property, value);
  return reason === undefined ? undefined : badValue(placeOf(file, type), key, value, reason);
}

const UPGRADE = 'leave it out, or declare the version that the host really runs';

const placeOf = (file: string, type: string): string => (type.startsWith('(') ? file : `${type} in ${file}`);

function badValue(place: string, key: string, value: string | undefined, reason: string): PropertyFinding {
  // A value that should be a secret is not repeated in a message.
  const shown = value === undefined ? 'value' : JSON.stringify(value);
  return { code: 'bad-value', message: `bad ${shown} for "${key}" of ${place}`, help: reason };
}

const tooNew = (what: string, since: string, version: Version): PropertyFinding => ({
  code: 'property-too-new',
  message: `${what} ${needsText(since, version)}`,
  help: UPGRADE,
});

const available = (
  properties: Readonly<Record<string, Pick<PbsProperty, 'since' | 'deprecated'>>>,
  version: Version,
): string[] =>
  Object.entries(properties)
    .filter(
      ([, { since, deprecated }]) => deprecated !== true && (since === undefined || supports(version, since)),
    )
    .map(([key]) => key);

function unknownProperty(place: string, key: string, known: readonly string[]): PropertyFinding {
  const message = `unknown property "${key}" of ${place}`;
  // Long keys cannot be typing errors of ours, and the distance costs length times length.
  const candidate =
    key.length > 64 || known.length === 0 ? undefined : closest(key.replaceAll('_', '-'), known);
  const near =
    candidate !== undefined && distance(key.replaceAll('_', '-'), candidate) <= Math.max(1, key.length / 3);
  const help = near ? `did you mean "${candidate}"?` : `known: ${known.join(', ')}`;
  return { code: 'unknown-property', message, help };
}
