/**
 * Section files of PVE as data, in the order in which PVE itself writes them (pve-common `src/PVE/SectionConfig.pm`,
 * `write_config`): the view for `templates/_partials/pve-sections.hbs`, the facts, and the artifact.
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Cluster } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { encodePveText } from '../../proxmox/percent-text.ts';
import { pveRequired, pveSection as tableOf } from '../../proxmox/pve-files.ts';
import type { Artifact, FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import type { ExternalNote, Phase } from '../lowering.ts';
import {
  bySectionId,
  inOrder,
  type Property,
  type Section,
  sectionColumns,
  sectionNames,
} from '../sections.ts';

export type PveFile = 'storage.cfg' | 'jobs.cfg';

export interface PveSectionsView {
  readonly sections: readonly {
    readonly type: string;
    readonly id: string;
    readonly properties: readonly { readonly key: string; readonly value: string; readonly bare: boolean }[];
  }[];
}

/** A section in PVE's order: comment, `disable`, what is required, the rest, each in byte order. */
export function pveSection(
  file: PveFile,
  type: string,
  id: string,
  causes: readonly TopologyPath[],
  properties: readonly (readonly Property[])[],
): Section {
  const required = pveRequired(file, type);
  const sorted = inOrder(
    properties,
    (a, b) => rank(required, a.key) - rank(required, b.key) || byBytes(a.key, b.key),
  );
  return { type, id, causes, properties: sorted, secrets: [] };
}

function rank(required: readonly string[], key: string): number {
  if (key === 'comment') return 0;
  if (key === 'disable') return 1;
  return required.includes(key) ? 2 : 3;
}

/** Mode and owner are what pmxcfs gives every file; anything else is refused there (pve-cluster `src/pmxcfs/pmxcfs.c`). */
export function pveArtifact(
  cluster: Cluster,
  kind: string,
  file: PveFile,
  phase: Phase,
  unsorted: readonly Section[],
): Artifact<PveSectionsView> & { readonly phase: Phase } {
  const sections = [...unsorted].sort(bySectionId);
  const names = sectionNames(sections);
  return new ColumnFile({
    kind,
    target: cluster.target,
    folder: 'merge',
    path: `/etc/pve/${file}`,
    ownership: 'sections',
    mode: '0640',
    owner: 'root',
    group: 'www-data',
    secrets: [],
    sections: names,
    view: { sections: sections.map(section => viewOf(file, section)) },
    columns: columnsOf(file, sections, names),
    phase,
  });
}

const viewOf = (file: PveFile, { type, id, properties }: Section) => ({
  type,
  id,
  properties: properties.map(({ key, value }) => ({
    key,
    value: written(file, key, value),
    bare: value === '',
  })),
});

/** Only the comment of a job is encoded. */
const written = (file: PveFile, key: string, value: string): string =>
  file === 'jobs.cfg' && key === 'comment' ? encodePveText(value) : value;

const columnsOf = (file: PveFile, sections: readonly Section[], names: readonly string[]): FactColumns =>
  sectionColumns(sections, names, (type, key) => {
    const table = tableOf(file, type)?.properties;
    return table !== undefined && Object.hasOwn(table, key) && table[key]?.array === true;
  });

/** What a cluster that others run must have. */
export function sectionsNote(cluster: Cluster, file: PveFile, unsorted: readonly Section[]): ExternalNote[] {
  if (unsorted.length === 0) return [];
  const sections = [...unsorted].sort(bySectionId);
  const text = sections.map(section => {
    const { type, id, properties } = viewOf(file, section);
    return [`${type}: ${id}`, ...properties.map(({ key, value }) => `\t${key} ${value}`.trimEnd())].join(
      '\n',
    );
  });
  return [
    {
      name: cluster.target,
      title: `${file} of ${cluster.key}`,
      text: [
        `This PVE is run by others. The deployment counts on these sections of \`/etc/pve/${file}\`, or on what does the same in the web interface. Secrets are not in the file.`,
      ],
      blocks: [{ language: 'text', text: text.join('\n\n') }],
      causes: sections.flatMap(({ causes }) => causes.slice(0, 1)),
    },
  ];
}
