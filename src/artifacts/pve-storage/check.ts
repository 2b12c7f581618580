/** Judges sections before they are written: PVE itself drops what it does not like, with nothing but a log line. */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import { checkPveValue } from '../../proxmox/check-property.ts';
import { pveJobIdProblem, pveStorageIdProblem } from '../../proxmox/identifiers.ts';
import { pveRequired, pveSection } from '../../proxmox/pve-files.ts';
import type { Version } from '../../proxmox/version.ts';
import type { Property, Section } from '../sections.ts';
import type { PveFile } from './sections.ts';

/** What is wrong with the sections of one file of one cluster, in their order. */
export function checkPveSections(
  file: PveFile,
  sections: readonly Section[],
  version: Version,
): Diagnostic[] {
  const seen = new Map<string, Section>();
  const diagnostics: Diagnostic[] = [];
  for (const section of sections) {
    const first = seen.get(section.id);
    if (first === undefined) seen.set(section.id, section);
    else diagnostics.push(twice(file, first, section));
    const badId = checkId(file, section);
    if (badId !== undefined) diagnostics.push(badId);
    checkRequired(file, section, diagnostics);
    for (const property of section.properties) {
      const found = checkProperty(file, section, property, version);
      if (found !== undefined) diagnostics.push(found);
    }
  }
  return diagnostics;
}

function checkId(file: PveFile, { type, id, causes }: Section): Diagnostic | undefined {
  const problem = file === 'storage.cfg' ? pveStorageIdProblem(id) : pveJobIdProblem(id);
  if (problem === undefined) return undefined;
  return {
    code: 'bad-id',
    severity: 'error',
    message: `"${id}" cannot be the id of a ${type} section in ${file}`,
    place: placeOf(causes[0] ?? []),
    help: problem,
  };
}

/** Blanks at either end would be lost, control characters and half characters are in no value of PVE's. */
const ONE_LINE = /^[^\s\0-\x1f\x7f-\x9f](?:[^\0-\x1f\x7f-\x9f]*[^\s\0-\x1f\x7f-\x9f])?$/;

function checkProperty(
  file: PveFile,
  { type }: Section,
  { key, value, causes }: Property,
  version: Version,
): Diagnostic | undefined {
  const finding =
    pveSection(file, type) === undefined ? undefined : checkPveValue(file, type, key, value, version);
  if (finding !== undefined) return { ...finding, severity: 'error', place: placeOf(causes[0] ?? []) };
  if (key === 'disable' || (ONE_LINE.test(value) && value.isWellFormed())) return undefined;
  const message = `bad ${JSON.stringify(value)} for "${key}" of ${type} in ${file}`;
  const help = 'a value is one line of text without blanks at its ends';
  return { code: 'bad-value', severity: 'error', message, place: placeOf(causes[0] ?? []), help };
}

/** PVE keeps such a section as undefined: the next save through its API fails. */
function checkRequired(file: PveFile, { type, id, causes, properties }: Section, found: Diagnostic[]): void {
  for (const key of pveRequired(file, type)) {
    if (holds(properties, key)) continue;
    found.push({
      code: key === 'schedule' ? 'schedule-required' : 'property-missing',
      severity: 'error',
      message: `"${type}: ${id}" in ${file} has no "${key}"`,
      place: atKey((causes[0] ?? []).slice(0, 2)),
      help: REQUIRED_HELP[key] ?? `give it under \`properties\``,
    });
  }
}

function holds(properties: readonly Property[], key: string): boolean {
  for (const property of properties) if (property.key === key) return true;
  return false;
}

const REQUIRED_HELP: Readonly<Record<string, string>> = {
  path: 'give the directory as `path`',
  schedule: 'PVE needs one; for a job that is started by hand add `disabled: true`',
};

const twice = (file: PveFile, first: Section, second: Section): Diagnostic => ({
  code: 'section-twice',
  severity: 'error',
  message: `two sections of ${file} have the id "${second.id}"`,
  place: placeOf(second.causes[0] ?? []),
  related: [{ message: 'the first one', place: placeOf(first.causes[0] ?? []) }],
  help: 'PVE keeps only the last of them, without a warning: give one another `id`',
});

/** An object is underlined at its key, a property of it at its value. */
const placeOf = (path: TopologyPath) => (path.length <= 2 ? atKey(path) : atValue(path));
