/**
 * `tmpdir` in `/etc/vzdump.conf` of the nodes that need one. Without it vzdump builds a container's archive in a
 * directory on the dump target, where the mapped ids of unprivileged containers meet the squash rules of the file
 * server. A `dir` storage of the node itself needs none (pve-manager `PVE/VZDump.pm`).
 */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Cluster, Host, Storage, Topology, VzdumpFlow } from '../../model/topology.ts';
import { once } from '../../once.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import { type ExternalNote, emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { isNetworkShare } from '../pve-storage/reach.ts';

const DEFAULT = '/var/tmp';
const FILE = '/etc/vzdump.conf';

/** Shared by the nodes of a cluster. */
interface Wish {
  readonly tmpdir: string;
  readonly isDeclared: boolean;
  readonly causes: readonly TopologyPath[];
  readonly view: VzdumpConfView;
  readonly columns: FactColumns;
}

export interface VzdumpConfView {
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

/** Linear in flows and the nodes that run them. */
export function lowerVzdumpConf(topology: Topology): Lowered {
  const wishes = new Map<Host, Wish>();
  const diagnostics: Diagnostic[] = [];
  const mounts = once(() => networkMounts(topology));
  for (const flow of topology.flows.values()) {
    if (flow.kind !== 'vzdump' || flow.state !== 'active') continue;
    const wish = wishOf(flow);
    if (wish === undefined) continue;
    const storage = wish.isDeclared ? mountOf(flow.runsOn, wish.tmpdir, mounts()) : undefined;
    if (storage !== undefined) diagnostics.push(onNetwork(wish, storage));
    let conflict: Diagnostic | undefined;
    for (const node of nodesOf(flow)) {
      const other = wishes.get(node);
      if (other?.isDeclared !== true) wishes.set(node, wish);
      else if (wish.isDeclared && wish.tmpdir !== other.tmpdir) conflict ??= conflictOn(node, wish, other);
    }
    if (conflict !== undefined) diagnostics.push(conflict);
  }
  const artifacts: Lowered['artifacts'][number][] = [];
  const needs: Need[] = [];
  const external: ExternalNote[] = [];
  for (const node of topology.hosts.values()) {
    const wish = wishes.get(node);
    if (wish === undefined) continue;
    if (!node.managed || !node.takesFiles) {
      external.push(note(node, wish));
      continue;
    }
    artifacts.push(artifactOf(node, wish));
    if (wish.tmpdir !== DEFAULT) needs.push(directoryNeed(node, wish));
  }
  return { ...emptyLowered, artifacts, needs, external, diagnostics };
}

/** A declared directory is a wish wherever the archives go; the default only where it is needed. */
function wishOf({ spec, path, from, to }: VzdumpFlow): Wish | undefined {
  if (spec.tmpdir !== undefined) return wishFor(spec.tmpdir, true, [[...path, 'tmpdir']]);
  if (from.spec.unprivileged_containers !== true || !isNetworkShare(to)) return undefined;
  return wishFor(DEFAULT, false, [[...from.path, 'unprivileged_containers'], path]);
}

function wishFor(tmpdir: string, isDeclared: boolean, causes: readonly TopologyPath[]): Wish {
  const columns = new ColumnList(1);
  columns.add('tmpdir', '', -1, tmpdir, causes);
  return { tmpdir, isDeclared, causes, view: { entries: [{ key: 'tmpdir', value: tmpdir }] }, columns };
}

/** Guests move: unless the flow is bound to a node, every node may run it. */
const nodesOf = ({ spec, runsOn }: VzdumpFlow): Host[] =>
  runsOn.nodes.filter(
    ({ state, key }) => state === 'active' && (spec.node === undefined || key === spec.node),
  );

/** The node's own file: everything but this key belongs to the host. */
function artifactOf(node: Host, { view, columns }: Wish): Lowered['artifacts'][number] {
  return new ColumnFile({
    kind: 'vzdump-conf',
    target: node.key,
    folder: 'merge',
    path: FILE,
    ownership: 'keys',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view,
    columns,
    phase: 'jobs',
  });
}

/** vzdump does not make it: the job then fails at its start. It gives each guest a directory of its own in it. */
const directoryNeed = (node: Host, { tmpdir, causes }: Wish): Need => ({
  target: node.key,
  kind: 'directory',
  name: tmpdir,
  mode: '0755',
  owner: 'root',
  group: 'root',
  causes,
});

const note = (node: Host, { tmpdir, causes }: Wish): ExternalNote => ({
  name: node.key,
  title: `vzdump.conf of ${node.key}`,
  text: [
    `\`${FILE}\` has this line, and the directory exists: unprivileged containers cannot be dumped to a network share without it.`,
  ],
  blocks: [{ language: 'text', text: `tmpdir: ${tmpdir}` }],
  causes,
});

type Mounts = ReadonlyMap<string, Storage>;

/** Storages that PVE mounts over a network, by the place where it does. */
function networkMounts(topology: Topology): ReadonlyMap<Cluster, Mounts> {
  const found = new Map<Cluster, Map<string, Storage>>();
  for (const storage of topology.storages.values()) {
    const { cluster, state, spec, id } = storage;
    if (state !== 'active' || !isNetworkShare(storage)) continue;
    const mounts = found.get(cluster) ?? new Map<string, Storage>();
    found.set(cluster, mounts.set(spec.path ?? `/mnt/pve/${id}`, storage));
  }
  return found;
}

function mountOf(cluster: Cluster, directory: string, mounts: ReadonlyMap<Cluster, Mounts>) {
  const own = mounts.get(cluster);
  for (let at = directory; own !== undefined && at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const storage = own.get(at);
    if (storage !== undefined) return storage;
  }
  return undefined;
}

const onNetwork = ({ tmpdir, causes }: Wish, { key, path }: Storage): Diagnostic => ({
  code: 'tmpdir-on-network',
  severity: 'warning',
  message: `"${tmpdir}" lies on storage \`${key}\`, which is mounted over the network`,
  place: atValue(causes[0] ?? []),
  related: [{ message: 'the storage', place: atKey(path) }],
  help: 'name a directory on a disk of the node, such as `/var/tmp`',
});

const conflictOn = (node: Host, wish: Wish, other: Wish): Diagnostic => ({
  code: 'tmpdir-conflict',
  severity: 'error',
  message: `\`${node.key}\` cannot have both "${other.tmpdir}" and "${wish.tmpdir}" as \`tmpdir\``,
  place: atValue(wish.causes[0] ?? []),
  related: [{ message: 'the other flow', place: atValue(other.causes[0] ?? []) }],
  help: `\`${FILE}\` has one \`tmpdir\` per node: use the same directory, or bind the flows to different nodes`,
});
