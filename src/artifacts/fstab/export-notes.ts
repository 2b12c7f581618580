/** What the servers of our NFS mounts must export (exports(5)). */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Share } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import type { ExternalNote } from '../lowering.ts';
import type { Mount } from './mount.ts';

/** One note per share, in the order of the shares' keys. */
export function exportNotes(mounts: readonly Mount[]): readonly ExternalNote[] {
  const byShare = new Map<Share, Mount[]>();
  for (const mount of mounts) {
    if (mount.share === undefined) continue;
    push(byShare, mount.share, mount);
  }
  return [...byShare]
    .sort(([a], [b]) => byBytes(a.key, b.key))
    .map(([share, clients]) => note(share, clients));
}

function note(share: Share, clients: readonly Mount[]): ExternalNote {
  const causes: TopologyPath[] = [share.path, ...clients.map(client => client.causes.object)];
  const text = [
    `Export ${share.exportPath} by NFS to the addresses below and to nobody else. Clients mount it over that network: the export must not be reachable on the management network.`,
    'Root of the clients must stay root (`no_root_squash`; on a NAS "no mapping").',
  ];
  if (clients.some(client => client.datastores.length > 0)) {
    text.push(
      'It holds a PBS datastore: user `backup` (uid 34, gid 34) must be able to write and must own what it writes. Do not map all users to one, and do not prune or index the directory.',
    );
  }
  const unknown = clients.filter(client => client.clientAddress === undefined);
  if (unknown.length > 0)
    text.push(`Address not known: ${unknown.map(({ host }) => host.key).join(', ')}. Add it to the line.`);
  if (share.host.os === 'dsm')
    text.push('Control Panel → Shared Folder → Edit → NFS Permissions. Look again after each DSM update.');
  else if (share.host.takesFiles)
    text.push('Put the line into /etc/exports.d/offsite.exports and run `exportfs -ra`.');
  return {
    name: share.host.key,
    title: `NFS export of share ${share.key}`,
    text,
    blocks: [{ language: 'text', text: exportsLine(share, clients) }].filter(block => block.text !== ''),
    causes,
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
