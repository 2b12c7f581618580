/**
 * From sections to what `lower` gives: a whole file per managed PBS, even when empty (a file that disappears would
 * leave old jobs running), and for PBS that others run a note with the sections that this deployment counts on.
 */
import type { Host, Topology } from '../model/topology.ts';
import { pbsFile } from '../proxmox/pbs-files.ts';
import { supports } from '../proxmox/version.ts';
import type { Artifact } from './artifact.ts';
import { ColumnFile } from './column-file.ts';
import {
  type ExternalNote,
  emptyLowered,
  type Lowered,
  type Need,
  type Phase,
  type Withheld,
} from './lowering.ts';
import { isRendered, pbsHosts, pbsVersion } from './pbs-hosts.ts';
import { checkSections } from './section-check.ts';
import {
  bySectionId,
  columnsOf,
  type Section,
  type SectionsView,
  sectionNames,
  sectionText,
  viewOf,
} from './sections.ts';

export interface SectionFiles {
  /** Artifact kind. */
  readonly kind: string;
  /** Name of the file's table, such as `sync.cfg`. */
  readonly file: string;
  readonly phase: Phase;
  readonly sections: ReadonlyMap<Host, readonly Section[]>;
  /** A file that PBS keeps from its own proxy: for root alone. */
  readonly isPrivate?: true;
  /** Hosts whose file waits for values. */
  readonly withheld?: readonly Withheld[];
}

/** Files, notes, needed secrets and diagnostics; steps and changes are the kind's own. */
export function sectionFiles(topology: Topology, files: SectionFiles): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const external: ExternalNote[] = [];
  const diagnostics: Lowered['diagnostics'][number][] = [];
  const needs: Need[] = [];
  const withheld = files.withheld ?? [];
  const waiting = new Set(withheld.map(({ target }) => target));
  for (const host of pbsHosts(topology)) {
    const unsorted = files.sections.get(host) ?? [];
    const sections = unsorted.length < 2 ? unsorted : [...unsorted].sort(bySectionId);
    for (const found of checkSections(files.file, sections, pbsVersion(host))) diagnostics.push(found);
    if (!isRendered(host)) {
      if (sections.length > 0) external.push(noteOf(host, files.file, sections));
      continue;
    }
    if (waiting.has(host.key) || !isKnown(host, files.file)) continue;
    artifacts.push(artifactOf(host, files, sections));
    addSecretNeeds(needs, host, files.file, sections);
  }
  return { ...emptyLowered, artifacts, external, diagnostics, needs, withheld };
}

/** A release older than the whole file (S3 before 4.0) has no use for it. */
function isKnown(host: Host, file: string): boolean {
  const sections = pbsFile(file)?.sections ?? {};
  for (const type in sections) if (supports(pbsVersion(host), sections[type]!.since)) return true;
  return false;
}

/** Names of all secrets, each once; most files have none. */
function secretsOf(sections: readonly Section[]): readonly string[] {
  let names: Set<string> | undefined;
  for (const { secrets } of sections) {
    if (secrets.length === 0) continue;
    names ??= new Set<string>();
    for (const name of secrets) names.add(name);
  }
  return names === undefined ? [] : [...names].sort();
}

/** Mode and owner from `proxmox-backup/pbs-config/src/lib.rs`: another owner keeps the proxy from reading it. */
function artifactOf(
  host: Host,
  { kind, file, phase, isPrivate }: SectionFiles,
  sections: readonly Section[],
): Artifact<SectionsView> & { readonly phase: Phase } {
  const secrets = secretsOf(sections);
  const names = sectionNames(sections);
  return new ColumnFile({
    kind,
    target: host.key,
    folder: secrets.length > 0 ? 'fill' : 'root',
    path: `/etc/proxmox-backup/${file}`,
    ownership: 'whole',
    mode: isPrivate ? '0600' : '0640',
    owner: 'root',
    group: isPrivate ? 'root' : 'backup',
    secrets,
    sections: names,
    view: viewOf(sections),
    columns: columnsOf(file, sections, names),
    phase,
  });
}

function addSecretNeeds(needs: Need[], host: Host, file: string, sections: readonly Section[]): void {
  for (const { type, id, secrets, causes } of sections) {
    for (const name of secrets) {
      needs.push({
        target: host.key,
        kind: 'secret',
        name,
        placed: `/etc/proxmox-backup/${file}`,
        what: `secret of section "${type}: ${id}"`,
        causes,
      });
    }
  }
}

const noteOf = (host: Host, file: string, sections: readonly Section[]): ExternalNote => ({
  name: host.key,
  title: `${file} of PBS ${host.key}`,
  text: [
    `This PBS is run by others. The deployment counts on these sections of \`/etc/proxmox-backup/${file}\`, or on what does the same in the web interface. Secrets are left out.`,
  ],
  blocks: [{ language: 'text', text: sections.map(sectionText).join('\n') }],
  causes: sections.flatMap(({ causes }) => causes.slice(0, 1)),
});
