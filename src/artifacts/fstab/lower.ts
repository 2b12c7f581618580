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
import type { ApplyStep, ExternalNote, Lowered, Need, Withheld } from '../lowering.ts';
import { lowerExports } from './exports.ts';
import { goneExports } from './gone-exports.ts';
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
  const sum: HostSum = { artifacts: [], steps: [], needs: [], withheld: [], diagnostics: [...problems] };
  for (const host of rendered) lowerHost(sum, host, mounts.get(host) ?? []);
  const external: ExternalNote[] = [];
  for (const [host, own] of mounts) if (!rendered.has(host)) external.push(note(host, own));
  const all = [...mounts.values()].flat();
  const exports = lowerExports(all);
  const gone = goneExports(topology, all);
  external.push(...exports.external, ...gone.external);
  sum.needs.push(...exports.needs);
  const { steps, changes } = retiredMounts(topology, mounts);
  sum.steps.push(...exports.steps, ...steps, ...gone.steps);
  return { ...sum, changes, external };
}

interface HostSum {
  readonly artifacts: Lowered['artifacts'][number][];
  readonly steps: ApplyStep[];
  readonly needs: Need[];
  readonly withheld: Withheld[];
  readonly diagnostics: Diagnostic[];
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

function lowerHost(sum: HostSum, host: Host, mounts: readonly Mount[]): void {
  const ready = mounts.filter(mount => mount.source !== undefined);
  for (const mount of mounts) {
    if (mount.source === undefined) {
      const { step, withheld, diagnostic } = pendingMount(mount);
      sum.steps.push(step);
      sum.withheld.push(withheld);
      sum.diagnostics.push(diagnostic);
    }
    const name = PACKAGES.get(mount.type);
    if (name !== undefined)
      sum.needs.push({ target: host.key, kind: 'package', name, causes: [mount.causes.object] });
  }
  sum.steps.push(mountStep(host, ready));
  const { view, columns } = ready.length === 0 ? NO_MOUNTS : block(ready);
  sum.artifacts.push(
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
      view,
      columns,
      phase: 'mounts',
    }),
  );
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

/** Most hosts that only run flows. */
const NO_MOUNTS = block([]);

/** The schema allows nothing in paths that fstab cannot carry. */
const field = (value: string): string => fstabField(value) ?? '';

const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['btrfs', 'btrfs-progs'],
  ['nfs', 'nfs-common'],
  ['nfs4', 'nfs-common'],
  ['xfs', 'xfsprogs'],
]);

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
