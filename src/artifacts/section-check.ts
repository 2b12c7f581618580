/** Judges sections before they are written: every value by the table of the declared version, every id once. */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { checkPbsValue } from '../proxmox/check-property.ts';
import { pbsProperty, pbsSection } from '../proxmox/pbs-files.ts';
import { schemaProblem } from '../proxmox/schema-check.ts';
import type { Version } from '../proxmox/version.ts';
import type { Property, Section } from './sections.ts';

/** What is wrong with the sections of one file of one host, in their order. */
export function checkSections(file: string, sections: readonly Section[], version: Version): Diagnostic[] {
  const seen = new Map<string, Section>();
  const diagnostics: Diagnostic[] = [];
  for (const section of sections) {
    // PBS keys sections by id alone, whatever their type.
    const first = seen.get(section.id);
    if (first === undefined) seen.set(section.id, section);
    else diagnostics.push(twice(file, first, section));
    diagnostics.push(...checkId(file, section));
    for (const property of section.properties)
      diagnostics.push(...checkProperty(file, section, property, version));
  }
  return diagnostics;
}

function checkProperty(
  file: string,
  { type }: Section,
  { key, value, causes }: Property,
  version: Version,
): Diagnostic[] {
  const table = pbsSection(file, type);
  // A placeholder is no value yet.
  if (table !== undefined && pbsProperty(table, key)?.secret === true) return [];
  const finding = checkPbsValue(file, type, key, value, version);
  return finding === undefined ? [] : [{ ...finding, severity: 'error', place: placeOf(causes[0] ?? []) }];
}

function checkId(file: string, { type, id, causes }: Section): Diagnostic[] {
  const schema = pbsSection(file, type)?.id;
  const problem = schema === undefined ? undefined : schemaProblem(schema, id);
  if (problem === undefined) return [];
  return [
    {
      code: 'bad-id',
      severity: 'error',
      message: `"${id}" cannot be the id of a ${type} section in ${file}`,
      place: idPlace(causes),
      help: problem.reason,
    },
  ];
}

const twice = (file: string, first: Section, second: Section): Diagnostic => ({
  code: 'section-twice',
  severity: 'error',
  message: `two sections of ${file} on one host have the id "${second.id}"`,
  place: idPlace(second.causes),
  related: [{ message: 'the first one', place: idPlace(first.causes) }],
  help: 'PBS keeps only the last of them: give one another native id',
});

/** An object is underlined at its key, a property of it at its value. */
const placeOf = (path: TopologyPath) => (path.length <= 2 ? atKey(path) : atValue(path));

/** The first cause of a section is where its id comes from. */
const idPlace = (causes: readonly TopologyPath[]) => placeOf(causes[0] ?? []);
