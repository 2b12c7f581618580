/**
 * The resolved topology: every name linked, every default filled in, frozen. `resolve` makes it, all else only reads it.
 * Each object keeps its key, its path in the source and its spec (the validated text), for what is rarely asked for.
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Bucket } from './bucket.ts';
import type { Flow } from './flow.ts';
import type * as Spec from './spec.ts';

export interface Node<S> {
  readonly key: string;
  readonly path: TopologyPath;
  readonly spec: S;
}

export type State = 'planned' | 'active' | 'retired';

export interface Site extends Node<Spec.Site> {
  readonly vlans: ReadonlyMap<string, Vlan>;
  readonly hosts: readonly Host[];
}

/** An IP prefix in canonical text: network address and length. */
export interface Prefix {
  readonly family: 4 | 6;
  /** `10.10.30.0/24`, `fd00:30::/64`: host bits cleared, RFC 5952. */
  readonly text: string;
  readonly length: number;
}

export interface Vlan extends Node<Spec.Vlan> {
  readonly site: Site;
  /** `home/storage` */
  readonly ref: string;
  /** IPv4 first. At least one. */
  readonly prefixes: readonly Prefix[];
  readonly mtu: number;
  readonly nics: readonly Nic[];
  /** VLANs of the site whose hosts reach this one by a router. */
  readonly routedFrom: readonly Vlan[];
}

export interface NicAddress {
  readonly family: 4 | 6;
  /** Canonical text without length. */
  readonly address: string;
  readonly length: number;
  /** `address` or `address6` of the NIC. */
  readonly path: TopologyPath;
}

export interface Nic extends Node<Spec.Nic> {
  readonly host: Host;
  readonly vlan: Vlan | undefined;
  /** IPv4 first; empty with DHCP or on a NIC without address. */
  readonly addresses: readonly NicAddress[];
  readonly mtu: number;
}

export interface Pool extends Node<Spec.Pool> {
  readonly host: Host;
  /** Pool of another host that this one lies on. */
  readonly on: Pool | undefined;
}

export interface Lun extends Node<Spec.Lun> {
  readonly host: Host;
  readonly pool: Pool | undefined;
}

export type Role = 'pve' | 'pbs' | 'linux' | 'nas' | 'gateway';

export interface Host extends Node<Spec.Host> {
  readonly site: Site;
  readonly state: State;
  /** Rendered by us; false: known only. */
  readonly managed: boolean;
  /** Version text as declared, or `''` where it is `true`. */
  readonly roles: ReadonlyMap<Role, string>;
  readonly os: NonNullable<Spec.Host['os']>;
  /** Debian-like: takes files, units and shell commands (pve, pbs, linux, managed gateways on debian). */
  readonly takesFiles: boolean;
  readonly timezone: string;
  readonly nics: ReadonlyMap<string, Nic>;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly luns: ReadonlyMap<string, Lun>;
  /** The PVE cluster that it belongs to; a standalone PVE host is a cluster of its own. */
  readonly cluster: Cluster | undefined;
  /** What runs it, when it is a guest. */
  readonly runsOn: Host | Cluster | undefined;
}

export interface Cluster extends Node<Spec.Cluster | undefined> {
  /** `path` is that of the host for a standalone one. */
  readonly nodes: readonly Host[];
  /** A standalone host: files of /etc/pve go to the host's own target. */
  readonly standalone: boolean;
  /** Lowest declared PVE version of the nodes: what every file must fit. */
  readonly version: string;
  /** Folder below out/: the cluster's key, or the host's. */
  readonly target: string;
  readonly managed: boolean;
}

export interface TunnelEnd extends Node<Spec.TunnelEnd> {
  readonly tunnel: Tunnel;
  readonly host: Host;
  readonly interface: string;
  readonly port: number;
  /** Addresses inside the tunnel, IPv4 first. */
  readonly addresses: readonly NicAddress[];
  /** `host:port` or `[v6]:port`; undefined behind NAT. */
  readonly endpoint: string | undefined;
  /** undefined: pending. */
  readonly publicKey: string | undefined;
  /** Name of the private key; `<host>-<interface>` when not given. */
  readonly privateKey: string;
  /** VLANs behind this end. */
  readonly carries: readonly Vlan[];
  /** Ends that it has as peers: the other one, the hub, the spokes, or all others. */
  readonly peers: readonly TunnelEnd[];
  readonly isHub: boolean;
  /** Seconds. */
  readonly keepalive: number | undefined;
}

export interface Tunnel extends Node<Spec.Tunnel> {
  readonly state: State;
  readonly kind: 'pair' | 'hub' | 'mesh';
  readonly prefixes: readonly Prefix[];
  readonly mtu: number;
  readonly ends: readonly TunnelEnd[];
  /** Every VLAN that some end carries, with that end. */
  readonly endOf: ReadonlyMap<Vlan, TunnelEnd>;
}

/** The network that traffic must use. */
export type Via =
  | { readonly kind: 'vlan'; readonly vlan: Vlan; readonly text: string }
  | { readonly kind: 'tunnel'; readonly tunnel: Tunnel; readonly text: string }
  | { readonly kind: 'internet'; readonly text: string }
  | { readonly kind: 'local'; readonly text: string };

export interface Guests extends Node<Spec.Guests> {
  readonly cluster: Cluster;
}

export type Backing =
  | { readonly kind: 'path' }
  | { readonly kind: 'disk'; readonly uuid: string | undefined; readonly mountpoint: string }
  | { readonly kind: 'iscsi'; readonly lun: Lun; readonly via: Via; readonly uuid: string | undefined }
  | { readonly kind: 'nfs'; readonly share: Share; readonly via: Via }
  | { readonly kind: 'removable'; readonly uuid: string | undefined }
  | { readonly kind: 's3'; readonly bucket: Bucket; readonly account: S3Account; readonly via: Via };

export interface Datastore extends Node<Spec.Datastore> {
  readonly host: Host;
  /** Native name in PBS. */
  readonly name: string;
  readonly state: State;
  readonly backing: Backing;
  readonly pool: Pool | undefined;
  /** Declared namespaces by path, sorted. */
  readonly namespaces: ReadonlyMap<string, Namespace>;
}

export interface Namespace extends Node<NonNullable<Spec.Datastore['namespaces']>[string]> {
  readonly datastore: Datastore;
}

/** A datastore with a namespace (`''` = root). `path` is that of the reference. */
export interface DatastorePlace {
  readonly datastore: Datastore;
  readonly namespace: string;
  readonly path: TopologyPath;
}

export interface SharePlace {
  readonly share: Share;
  /** Directory below the share, `''` = the share itself. */
  readonly directory: string;
  readonly path: TopologyPath;
}

export interface BucketPlace {
  readonly bucket: Bucket;
  readonly prefix: string;
  readonly path: TopologyPath;
}

export type StorageBacking =
  | {
      readonly kind: 'datastore';
      readonly place: DatastorePlace;
      readonly account: PbsAccount;
      readonly via: Via;
    }
  | { readonly kind: 'share'; readonly place: SharePlace; readonly via: Via }
  | { readonly kind: 'opaque'; readonly type: string };

export interface Storage extends Node<Spec.Storage> {
  readonly cluster: Cluster;
  /** Native id in storage.cfg. */
  readonly id: string;
  readonly state: State;
  readonly backing: StorageBacking;
  /** Nodes that use it; undefined: all. */
  readonly nodes: readonly Host[] | undefined;
}

export interface Share extends Node<Spec.Share> {
  readonly host: Host;
  readonly state: State;
  readonly pool: Pool | undefined;
  readonly protocol: 'nfs' | 'smb' | 'none';
  /** Path that clients mount. */
  readonly exportPath: string;
}

export interface PbsAccount extends Node<Spec.PbsAccount> {
  readonly kind: 'pbs';
  readonly on: Host;
  readonly state: State;
  /** `user@realm`, also for a token. */
  readonly user: string;
  /** Token name or undefined. */
  readonly token: string | undefined;
  /** Name of its secret (key of the account when not given). */
  readonly secret: string;
}
export interface PveAccount extends Node<Spec.PveAccount> {
  readonly kind: 'pve';
  readonly on: Cluster;
  readonly state: State;
  readonly user: string;
  readonly token: string | undefined;
  readonly secret: string;
}
export interface SshAccount extends Node<Spec.SshAccount> {
  readonly kind: 'ssh';
  readonly on: Host;
  readonly state: State;
  readonly secret: string;
  /** undefined: pending. */
  readonly publicKey: string | undefined;
}
export interface S3Account extends Node<Spec.S3Account> {
  readonly kind: 's3';
  readonly state: State;
  readonly secret: string;
}
export type Account = PbsAccount | PveAccount | SshAccount | S3Account;

export type * from './bucket.ts';
export type * from './flow.ts';

export interface Notification extends Node<Spec.Notification> {
  readonly state: State;
  readonly hosts: readonly (Host | Cluster)[];
  readonly relay: Host | undefined;
  readonly via: Via | undefined;
}

export interface TrafficLimit extends Node<Spec.TrafficLimit> {
  readonly state: State;
  readonly hosts: readonly Host[];
}

/** Maps are in the order of the keys, sorted bytewise: the order of keys in the source never matters. */
export interface Topology {
  readonly name: string | undefined;
  readonly sites: ReadonlyMap<string, Site>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly tunnels: ReadonlyMap<string, Tunnel>;
  readonly guests: ReadonlyMap<string, Guests>;
  readonly datastores: ReadonlyMap<string, Datastore>;
  readonly storages: ReadonlyMap<string, Storage>;
  readonly shares: ReadonlyMap<string, Share>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly flows: ReadonlyMap<string, Flow>;
  readonly notifications: ReadonlyMap<string, Notification>;
  readonly trafficLimits: ReadonlyMap<string, TrafficLimit>;
  readonly secrets: ReadonlyMap<string, Node<Spec.Secret>>;
  readonly policy: Spec.OffsiteTopology['policy'];
}
