/**
 * Our block of /etc/fstab (fstab(5), systemd.mount(5)): datastores on disks, LUNs and NFS exports, and shares that flows
 * need. Not in it: storages of PVE, which mounts them itself, and removable datastores, which PBS mounts.
 */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { fstabField } from '../../formats/fstab/quote.ts';
import type { Host, Topology } from '../../model/topology.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import { type ExternalNote, emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { exportNotes } from './export-notes.ts';
import type { Mount } from './mount.ts';
import { pendingMount } from './pending.ts';
import { planMounts } from './plan.ts';
import { retiredMounts } from './retired.ts';
import { mountStep } from './steps.ts';

interface Entry {
  readonly source: string;
  readonly mountpoint: string;
  readonly type: string;
  readonly options: string;
  readonly pass: '0' | '2';
}
export interface FstabView {
  readonly entries: readonly Entry[];
}

export function lowerFstab(topology: Topology): Lowered {
  const { mounts, diagnostics: problems } = planMounts(topology);
  const rendered = renderedHosts(topology);
  const parts: Lowered[] = [];
  for (const host of rendered) parts.push(lowerHost(host, mounts.get(host) ?? []));
  const external: ExternalNote[] = [];
  const diagnostics: Diagnostic[] = [...problems];
  for (const [host, own] of mounts) if (!rendered.has(host)) external.push(note(host, own));
  external.push(...exportNotes([...mounts.values()].flat()));
  const retired = retiredMounts(topology, mounts);
  return {
    artifacts: parts.flatMap(part => part.artifacts),
    steps: [...parts.flatMap(part => part.steps), ...retired.steps],
    needs: parts.flatMap(part => part.needs),
    changes: retired.changes,
    external,
    withheld: parts.flatMap(part => part.withheld),
    diagnostics: [...diagnostics, ...parts.flatMap(part => part.diagnostics)],
  };
}

/** PBS hosts and hosts that run flows: the block is there even when it is empty, or old lines would stay. */
function renderedHosts(topology: Topology): ReadonlySet<Host> {
  const hosts = new Set<Host>();
  for (const host of topology.hosts.values()) if (host.roles.has('pbs')) hosts.add(host);
  for (const { runsOn, state } of topology.flows.values())
    if (runsOn !== undefined && 'nics' in runsOn && state !== 'planned') hosts.add(runsOn);
  for (const host of hosts) if (!host.takesFiles || host.state !== 'active') hosts.delete(host);
  return hosts;
}

function lowerHost(host: Host, mounts: readonly Mount[]): Lowered {
  const ready = mounts.filter(mount => mount.source !== undefined);
  const pending = mounts.filter(mount => mount.source === undefined).map(pendingMount);
  return {
    ...emptyLowered,
    artifacts: [
      new ColumnFile({
        kind: 'fstab',
        target: host.key,
        folder: 'merge',
        path: '/etc/fstab',
        ownership: 'block',
        mode: '0644',
        owner: 'root',
        group: 'root',
        secrets: [],
        ...block(ready),
        phase: 'mounts',
      }),
    ],
    steps: [...pending.map(({ step }) => step), mountStep(host, ready)],
    needs: mounts.flatMap(packageNeed),
    withheld: pending.map(({ withheld }) => withheld),
    diagnostics: pending.map(({ diagnostic }) => diagnostic),
  };
}

function block(mounts: readonly Mount[]): { view: FstabView; columns: FactColumns } {
  const columns = new ColumnList(5 * mounts.length);
  const entries = mounts.map(mount => {
    const { source = '', mountpoint, type, options, pass, causes } = mount;
    const section = `fstab ${mountpoint}`;
    const list = options.join(',');
    const object = [causes.object];
    columns.add(section, 'source', -1, source, causes.source);
    columns.add(section, 'type', -1, type, causes.type);
    columns.add(section, 'options', -1, list, causes.options);
    columns.add(section, 'dump', -1, '0', object);
    columns.add(section, 'pass', -1, pass, object);
    return { source: field(source), mountpoint: field(mountpoint), type, options: list, pass };
  });
  return { view: { entries }, columns };
}

/** The schema allows nothing in paths that fstab cannot carry. */
const field = (value: string): string => fstabField(value) ?? '';

const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['btrfs', 'btrfs-progs'],
  ['nfs', 'nfs-common'],
  ['nfs4', 'nfs-common'],
  ['xfs', 'xfsprogs'],
]);

function packageNeed({ host, type, causes }: Mount): Need[] {
  const name = PACKAGES.get(type);
  return name === undefined ? [] : [{ target: host.key, kind: 'package', name, causes: [causes.object] }];
}

function note(host: Host, mounts: readonly Mount[]): ExternalNote {
  const ready = mounts.filter(mount => mount.source !== undefined);
  return {
    name: host.key,
    title: `Mounts of ${host.key}`,
    text: [
      'This host is not rendered: whoever runs it mounts what follows, at boot and before what uses it.',
      'Nothing may write to a mount point while nothing is mounted there.',
    ],
    blocks: [
      {
        language: 'text',
        text: block(ready)
          .view.entries.map(
            ({ source, mountpoint, type, options, pass }) =>
              `${source} ${mountpoint} ${type} ${options} 0 ${pass}`,
          )
          .join('\n'),
      },
    ].filter(({ text }) => text !== ''),
    causes: mounts.map(mount => mount.causes.object),
  };
}
