/** Judges sections before they are written: every value by the table of the declared version, every id once. */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { checkPbsProperty } from '../proxmox/check-property.ts';
import { pbsProperty, pbsSection } from '../proxmox/pbs-files.ts';
import { schemaProblem } from '../proxmox/schema-check.ts';
import type { Version } from '../proxmox/version.ts';
import type { Section } from './sections.ts';

/**
 * What is wrong with the sections of one file of one host, in their order.
 * @param sections sorted by id.
 */
export function checkSections(file: string, sections: readonly Section[], version: Version): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let first: Section | undefined;
  for (const section of sections) {
    const { type, id, causes, properties } = section;
    const table = pbsSection(file, type);
    if (table === undefined) throw new Error(`no table for ${type} in ${file}`);
    // PBS keys sections by id alone, whatever their type.
    if (first?.id === id) diagnostics.push(twice(file, first, section));
    else first = section;
    const problem = table.id === undefined ? undefined : schemaProblem(table.id, id);
    if (problem !== undefined) diagnostics.push(badId(file, type, id, causes, problem.reason));
    for (const { key, value, causes } of properties) {
      const property = pbsProperty(table, key);
      // A placeholder is no value yet.
      if (property?.secret === true) continue;
      const finding = checkPbsProperty(file, type, table, key, property, value, version);
      if (finding !== undefined)
        diagnostics.push({ ...finding, severity: 'error', place: placeOf(causes[0] ?? []) });
    }
  }
  return diagnostics;
}

const badId = (
  file: string,
  type: string,
  id: string,
  causes: readonly TopologyPath[],
  reason: string,
): Diagnostic => ({
  code: 'bad-id',
  severity: 'error',
  message: `"${id}" cannot be the id of a ${type} section in ${file}`,
  place: idPlace(causes),
  help: reason,
});

const twice = (file: string, first: Section, second: Section): Diagnostic => ({
  code: 'section-twice',
  severity: 'error',
  message: `two sections of ${file} on one host have the id "${second.id}"`,
  place: idPlace(second.causes),
  related: [{ message: 'the first one', place: idPlace(first.causes) }],
  help: `PBS keeps only the last of them: ${another(second)}`,
});

/** A notification has its key for an id, and PBS two of its own (`default-matcher`, `mail-to-root`). */
const another = ({ causes: [cause] }: Section): string =>
  cause?.[0] === 'notifications' ? 'give the notification another name' : 'give one another native id';

/** An object is underlined at its key, a property of it at its value. */
const placeOf = (path: TopologyPath) => (path.length <= 2 ? atKey(path) : atValue(path));

/** The first cause of a section is where its id comes from. */
const idPlace = (causes: readonly TopologyPath[]) => placeOf(causes[0] ?? []);
