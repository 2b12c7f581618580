/** How the nodes of a cluster reach what a storage lies on. */
import { addressOn, apiOn, type Family, type ServiceEnd, sharedFamily } from '../../analyses/flow-ends.ts';
import type { Host, Share, Storage, Via } from '../../model/topology.ts';

/** `dir`: a directory of the node itself; `unreachable`: of one that is no node of the cluster, and not exported. */
export type ShareAccess = 'dir' | 'nfs' | 'smb' | 'unreachable';

/** Nodes that use a storage. */
export const usersOf = ({ nodes, cluster }: Storage): readonly Host[] => nodes ?? cluster.nodes;

/** A share is mounted over the network, unless its own host is the only node that uses it. */
export function shareAccess(storage: Storage, share: Share, via: Via): ShareAccess {
  if (usersOf(storage).every(node => node === share.host)) return 'dir';
  if (share.protocol === 'none' || via.kind === 'local')
    return share.host.cluster === storage.cluster ? 'dir' : 'unreachable';
  return share.protocol;
}

/** Whether what vzdump writes there passes a network file system. */
export function isNetworkShare(storage: Storage): boolean {
  const { backing } = storage;
  if (backing.kind === 'opaque') return ['nfs', 'cifs', 'cephfs', 'glusterfs'].includes(backing.type);
  if (backing.kind === 'datastore') return false;
  return shareAccess(storage, backing.place.share, backing.via) !== 'dir';
}

/** Where the nodes find the PBS API of `host`; undefined without a known address on `via`. */
export const apiEnd = (storage: Storage, host: Host, via: Via): ServiceEnd | undefined =>
  apiOn(host, via, familyFor(storage, host, via));

/** Where they find its file server. */
export const nasEnd = (storage: Storage, host: Host, via: Via) =>
  addressOn(host, via, familyFor(storage, host, via));

/**
 * One address serves all nodes: IPv6 as soon as one node has nothing else in common with the host, since the others
 * then have both.
 */
export function familyFor(storage: Storage, host: Host, via: Via): Family | undefined {
  let family: Family | undefined;
  for (const node of usersOf(storage)) {
    const shared = sharedFamily(node, host, via);
    if (shared === 6) return 6;
    family ??= shared;
  }
  return family;
}
