/** What a NAS must export for the storages that PVE mounts: one note per NAS, or a step on a host that we render. */
import { sourceOn } from '../../analyses/flow-ends.ts';
import type { Host, Share, Storage, Topology, Via } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { type ApplyStep, type ExternalNote, emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { exportCommands } from '../nfs-export.ts';
import { familyFor, shareAccess, usersOf } from './reach.ts';

interface Client {
  readonly name: string;
  /** Undefined: not known to the topology. */
  readonly address: string | undefined;
}

interface Export {
  readonly share: Share;
  /** By name of the node, then address. */
  readonly clients: Map<string, Client>;
  readonly storages: Storage[];
}

export const EXPORTS_FOR_PVE = '/etc/exports.d/offsite-storages.exports';
const OPTIONS = 'rw,sync,no_root_squash,no_subtree_check';

export function lowerExports(topology: Topology): Lowered {
  const byHost = new Map<Host, Map<Share, Export>>();
  for (const storage of topology.storages.values()) collect(byHost, storage);
  const steps: ApplyStep[] = [];
  const needs: Need[] = [];
  const external: ExternalNote[] = [];
  for (const host of [...byHost.keys()].sort((a, b) => byBytes(a.key, b.key))) {
    const exports = [...(byHost.get(host)?.values() ?? [])].sort((a, b) => byBytes(a.share.key, b.share.key));
    const causes = exports.flatMap(({ share, storages }) => [
      share.path,
      ...storages.map(({ path }) => path),
    ]);
    if (host.managed && host.takesFiles) {
      needs.push({ target: host.key, kind: 'package', name: 'nfs-kernel-server', causes });
      steps.push(exportStep(host, exports, causes));
    } else external.push(note(host, exports, causes));
  }
  return { ...emptyLowered, steps, needs, external };
}

function collect(byHost: Map<Host, Map<Share, Export>>, storage: Storage): void {
  const { backing, state, cluster } = storage;
  if (state !== 'active' || backing.kind !== 'share') return;
  const { share } = backing.place;
  if (!cluster.nodes.some(node => node.state === 'active')) return;
  if (share.host.state !== 'active' || shareAccess(storage, share, backing.via) !== 'nfs') return;
  const exports = byHost.get(share.host) ?? new Map<Share, Export>();
  byHost.set(share.host, exports);
  const entry: Export = exports.get(share) ?? { share, clients: new Map(), storages: [] };
  exports.set(share, entry);
  entry.storages.push(storage);
  for (const client of clientsOf(storage, share, backing.via))
    entry.clients.set(`${client.name} ${client.address ?? ''}`, client);
}

function clientsOf(storage: Storage, { host }: Share, via: Via): Client[] {
  const family = familyFor(storage, host, via);
  return usersOf(storage)
    .filter(({ state }) => state === 'active')
    .map(node => ({ name: node.key, address: sourceOn(node, via, family)?.address }));
}

const clientList = ({ clients }: Export): Client[] =>
  [...clients.values()].sort((a, b) => byBytes(a.name, b.name) || byBytes(a.address ?? '', b.address ?? ''));

/** What the user interface of each system calls the rule. */
function settings(os: Host['os']): string {
  switch (os) {
    case 'dsm':
      return 'Control Panel → Shared Folder → Edit → NFS Permissions, one rule per address: Read/Write, Squash "No mapping", Security "sys". Control Panel → File Services → NFS: enabled, maximum protocol NFSv4.1.';
    case 'truenas':
      return 'Shares → NFS: the path, the addresses below as Authorized Hosts, Maproot User root, Maproot Group root. System → Services → NFS: started, NFSv4 enabled.';
    case 'qnap':
      return 'Control Panel → Shared Folders → Edit permissions → NFS host access, one rule per address: read/write, squash option "No root squash".';
    default:
      return 'The lines below are those of exports(5).';
  }
}

function note(host: Host, exports: readonly Export[], causes: ExternalNote['causes']): ExternalNote {
  const lines = exports.flatMap(entry =>
    clientList(entry).map(
      ({ name, address }) => `${entry.share.exportPath} ${address ?? `ADDRESS-OF-${name}`}(${OPTIONS})`,
    ),
  );
  return {
    name: host.key,
    title: `NFS exports of ${host.key} for PVE`,
    text: [
      settings(host.os),
      'Only these addresses: whoever else may mount the export can read and delete every archive.',
      'PVE writes as root, so root must not be mapped to another user. Before it mounts, PVE asks the portmapper: the firewall lets these addresses reach port 111 beside 2049.',
      ...exports.map(
        entry =>
          `${entry.share.exportPath} is mounted by ${clientList(entry)
            .map(({ name }) => name)
            .join(', ')} for ${entry.storages.map(({ id }) => id).join(', ')}.`,
      ),
    ],
    blocks: [{ language: 'text', text: lines.join('\n') }],
    causes,
  };
}

function exportStep(host: Host, exports: readonly Export[], causes: ApplyStep['causes']): ApplyStep {
  const lines = exports.flatMap(entry =>
    clientList(entry)
      .filter(({ address }) => address !== undefined)
      .map(({ address }) => `${entry.share.exportPath} ${address}(${OPTIONS})`),
  );
  const unknown = exports.flatMap(entry => clientList(entry).filter(({ address }) => address === undefined));
  return {
    target: host.key,
    phase: 'mounts',
    order: 60,
    title: 'Export the shares that PVE mounts',
    text: [
      'PVE writes as root, so root is not mapped to another user. It asks the portmapper first: port 111 must be open for these addresses beside 2049.',
      ...(unknown.length === 0
        ? []
        : [
            `Addresses that the topology does not know must be added: ${unknown.map(({ name }) => name).join(', ')}.`,
          ]),
    ],
    ...exportCommands(
      EXPORTS_FOR_PVE,
      exports.map(({ share }) => share),
      lines,
    ),
    causes,
  };
}
