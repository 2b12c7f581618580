/** What PVE takes in `notifications.cfg`, beyond the tables that it shares with PBS. */
import { atKey, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { needsText, supports, type Version } from '../../proxmox/version.ts';
import { checkSections } from '../section-check.ts';
import type { Section } from '../sections.ts';

/** Releases of PVE that brought the types of sections (pve-docs `notifications.adoc`, roadmap of the releases). */
const SINCE: Readonly<Record<string, string>> = { webhook: '8.3' };
const FIRST = '8.1';
const MIN_LENGTH = 3;

export function checkNotifications(sections: readonly Section[], version: Version): Diagnostic[] {
  // The shared table counts releases of PBS: each is older than PVE 8, and so holds here.
  return [
    ...checkSections('notifications.cfg', sections, version),
    ...sections.flatMap(section => [...tooNew(section, version), ...tooShort(section)]),
  ];
}

function tooNew({ type, id, causes }: Section, version: Version): Diagnostic[] {
  const since = SINCE[type] ?? FIRST;
  // Said once, of what the matcher is for.
  if (type === 'matcher' || supports(version, since)) return [];
  return [
    {
      code: 'property-too-new',
      severity: 'error',
      message: `"${type}: ${id}" in notifications.cfg of PVE ${needsText(since, version)}`,
      place: atKey(causes[0] ?? []),
      help: 'leave the cluster out of `hosts`, or declare the version that it really runs',
    },
  ];
}

function tooShort({ type, id, causes }: Section): Diagnostic[] {
  if (id.length >= MIN_LENGTH) return [];
  return [
    {
      code: 'bad-id',
      severity: 'error',
      message: `"${id}" cannot be the id of a ${type} section in notifications.cfg of PVE`,
      place: atKey(causes[0] ?? []),
      help: `it has at least ${MIN_LENGTH} characters`,
    },
  ];
}
