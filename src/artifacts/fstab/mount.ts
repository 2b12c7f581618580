/** What is mounted on a host for a datastore or for a flow that it runs. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Datastore, Host, Share } from '../../model/topology.ts';

export interface Mount {
  readonly host: Host;
  /** `runner`: a share for flows that run here; the others hold a datastore. */
  readonly use: 'disk' | 'iscsi' | 'nfs' | 'runner';
  /** Datastores on it; several may lie on one disk. */
  readonly datastores: readonly Datastore[];
  /** The NFS share; undefined for file systems. */
  readonly share: Share | undefined;
  /** First field of fstab, not yet escaped; undefined while the UUID is pending. */
  readonly source: string | undefined;
  readonly mountpoint: string;
  readonly type: string;
  readonly options: readonly string[];
  /** `2`: checked at boot. Network file systems and devices are not: a slow LUN would hold up the boot. */
  readonly pass: '0' | '2';
  /** Own address towards an NFS server: what the export must list. */
  readonly clientAddress?: string;
  readonly causes: MountCauses;
}

export interface MountCauses {
  /** The object: datastore or flow. */
  readonly object: TopologyPath;
  readonly source: readonly TopologyPath[];
  readonly mountpoint: TopologyPath;
  readonly type: readonly TopologyPath[];
  readonly options: readonly TopologyPath[];
}
