/** Flows of the resolved topology: data moving from one place to another. */
import type * as Spec from './spec.ts';
import type {
  BucketPlace,
  Cluster,
  DatastorePlace,
  Guests,
  Host,
  Node,
  PbsAccount,
  Pool,
  S3Account,
  SharePlace,
  SshAccount,
  State,
  Storage,
  Via,
} from './topology.ts';

interface FlowCommon<S> extends Node<S> {
  readonly state: State;
  readonly via: Via;
  /** Flow after which it is started on the same host. */
  readonly after: Flow | undefined;
  /** Flow that must have ended: an assertion. */
  readonly expectAfter: Flow | undefined;
  /** Host (or cluster) that starts it: its clock counts. */
  readonly runsOn: Host | Cluster | undefined;
  /** Minutes, from `takes`. */
  readonly takes: number | undefined;
}
export interface BackupFlow extends FlowCommon<Spec.BackupFlow> {
  readonly kind: 'backup';
  readonly from: Guests;
  readonly to: Storage;
  readonly runsOn: Cluster;
  /** Native job id. */
  readonly id: string;
}
export interface VzdumpFlow extends FlowCommon<Spec.VzdumpFlow> {
  readonly kind: 'vzdump';
  readonly from: Guests;
  readonly to: Storage;
  readonly runsOn: Cluster;
  readonly id: string;
}
export interface HostBackupFlow extends FlowCommon<Spec.HostBackupFlow> {
  readonly kind: 'host-backup';
  readonly from: Host;
  readonly to: DatastorePlace;
  readonly account: PbsAccount;
  readonly runsOn: Host;
}
export interface SyncFlow extends FlowCommon<Spec.SyncFlow> {
  readonly kind: 'sync';
  readonly direction: 'pull' | 'push' | 'local';
  readonly from: DatastorePlace;
  readonly to: DatastorePlace;
  /** On the other PBS; undefined for local. */
  readonly account: PbsAccount | undefined;
  /** On the PBS that runs the job; undefined = root@pam. */
  readonly owner: PbsAccount | undefined;
  readonly runsOn: Host;
  readonly id: string;
  /** Native id of the remote; undefined for local. */
  readonly remote: string | undefined;
}
export interface RsyncFlow extends FlowCommon<Spec.RsyncFlow> {
  readonly kind: 'rsync';
  readonly from: SharePlace;
  readonly to: SharePlace;
  readonly account: SshAccount;
  readonly runsOn: Host;
}
export interface RcloneFlow extends FlowCommon<Spec.RcloneFlow> {
  readonly kind: 'rclone';
  readonly from: SharePlace;
  readonly to: BucketPlace;
  readonly account: S3Account;
  readonly runsOn: Host;
}
export interface ZfsSendFlow extends FlowCommon<Spec.ZfsSendFlow> {
  readonly kind: 'zfs-send';
  readonly from: Pool;
  readonly to: Pool;
  readonly runsOn: Host;
}
export interface CarryFlow extends FlowCommon<Spec.CarryFlow> {
  readonly kind: 'carry';
}
export type Flow =
  | BackupFlow
  | VzdumpFlow
  | HostBackupFlow
  | SyncFlow
  | RsyncFlow
  | RcloneFlow
  | ZfsSendFlow
  | CarryFlow;
