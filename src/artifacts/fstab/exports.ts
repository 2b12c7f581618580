/** What the servers of our NFS mounts must export (exports(5)). */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host, Share } from '../../model/topology.ts';
import { groupBy, push } from '../../multimap.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import type { ApplyStep, ExternalNote, Need } from '../lowering.ts';
import { exportCommands } from '../nfs-export.ts';
import type { Mount } from './mount.ts';

interface Exports {
  readonly steps: readonly ApplyStep[];
  readonly needs: readonly Need[];
  readonly external: readonly ExternalNote[];
}

/** A step on each host that we render, a note per share for the others; in the order of the shares' keys. */
export function lowerExports(mounts: readonly Mount[]): Exports {
  const byShare = new Map<Share, Mount[]>();
  for (const mount of mounts) {
    if (mount.share === undefined) continue;
    push(byShare, mount.share, mount);
  }
  const sorted = [...byShare].sort(([a], [b]) => byBytes(a.key, b.key));
  const isOurs = ([{ host }]: Export): boolean => host.managed && host.takesFiles;
  const ours = groupBy(sorted.filter(isOurs), ([{ host }]) => host);
  return {
    steps: [...ours].map(([host, exports]) => exportStep(host, exports)),
    needs: [...ours].map(([host, exports]) => ({
      target: host.key,
      kind: 'package',
      name: 'nfs-kernel-server',
      causes: causesOf(exports),
    })),
    external: sorted.filter(one => !isOurs(one)).map(([share, clients]) => note(share, clients)),
  };
}

type Export = readonly [share: Share, clients: readonly Mount[]];

const causesOf = (exports: readonly Export[]): TopologyPath[] =>
  exports.flatMap(([share, clients]) => [share.path, ...clients.map(client => client.causes.object)]);

export const EXPORTS = '/etc/exports.d/offsite.exports';

function exportStep(host: Host, exports: readonly Export[]): ApplyStep {
  const lines = exports.map(([share, clients]) => exportsLine(share, clients)).filter(line => line !== '');
  const unknown = exports.flatMap(([, clients]) => unknownClients(clients));
  return {
    target: host.key,
    phase: 'mounts',
    order: 61,
    title: 'Export the shares that other hosts mount',
    text: [
      'To these addresses and to nobody else: the exports must not be reachable on the management network. Root of the clients stays root.',
      ...(exports.some(([, clients]) => holdsStore(clients)) ? [STORE_TEXT] : []),
      ...(unknown.length === 0
        ? []
        : [`Addresses that the topology does not know must be added: ${unknown.join(', ')}.`]),
    ],
    ...exportCommands(
      EXPORTS,
      exports.map(([share]) => share),
      lines,
    ),
    causes: causesOf(exports),
  };
}

const unknownClients = (clients: readonly Mount[]): string[] =>
  clients.flatMap(({ host, clientAddress }) => (clientAddress === undefined ? [host.key] : []));

const holdsStore = (clients: readonly Mount[]): boolean =>
  clients.some(client => client.datastores.length > 0);

const STORE_TEXT =
  'It holds a PBS datastore: user `backup` (uid 34, gid 34) must be able to write and must own what it writes. Do not map all users to one, and do not prune or index the directory.';

function note(share: Share, clients: readonly Mount[]): ExternalNote {
  const text = [
    `Export ${share.exportPath} by NFS to the addresses below and to nobody else. Clients mount it over that network: the export must not be reachable on the management network.`,
    'Root of the clients must stay root (`no_root_squash`; on a NAS "no mapping").',
  ];
  if (holdsStore(clients)) text.push(STORE_TEXT);
  const unknown = unknownClients(clients);
  if (unknown.length > 0) text.push(`Address not known: ${unknown.join(', ')}. Add it to the line.`);
  if (share.host.os === 'dsm')
    text.push('Control Panel → Shared Folder → Edit → NFS Permissions. Look again after each DSM update.');
  return {
    name: share.host.key,
    title: `NFS export of share ${share.key}`,
    text,
    blocks: [{ language: 'text', text: exportsLine(share, clients) }].filter(block => block.text !== ''),
    causes: causesOf([[share, clients]]),
  };
}

/** One line of exports(5); an address that writes once writes always. IPv6 addresses stand without brackets there. */
function exportsLine(share: Share, clients: readonly Mount[]): string {
  const access = new Map<string, 'ro' | 'rw'>();
  for (const { clientAddress, options } of clients) {
    if (clientAddress === undefined) continue;
    if (!options.includes('ro')) access.set(clientAddress, 'rw');
    else if (!access.has(clientAddress)) access.set(clientAddress, 'ro');
  }
  if (access.size === 0) return '';
  const hosts = [...access]
    .sort(([a], [b]) => byBytes(a, b))
    .map(([address, mode]) => `${address}(${mode},sync,no_subtree_check,no_root_squash)`);
  return `${share.exportPath} ${hosts.join(' ')}`;
}
