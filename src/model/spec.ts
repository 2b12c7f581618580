// Made by scripts/build-types.ts from schema/topology.schema.json: change the schema, not this file.

/**
 * One line of text for people; rendered where the target's format has a place for comments.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "comment".
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "note".
 */
export type Comment = string;
/**
 * IANA time zone.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "timeZone".
 */
export type TimeZone = string;
/**
 * IPv4 prefix.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "cidr4".
 */
export type Cidr4 = string;
/**
 * IPv6 prefix.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "cidr6".
 */
export type Cidr6 = string;
/**
 * IPv4 address.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "ip4".
 */
export type Ip4 = string;
/**
 * IPv6 address, without brackets.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "ip6".
 */
export type Ip6 = string;
/**
 * Name of an object: how other parts of the topology refer to it.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "key".
 */
export type Key = string;
/**
 * Largest IP packet of the link, in bytes.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "mtu".
 */
export type Mtu = number;
/**
 * Package version of the installed software, quoted. `"4.1"` means the first package of that release.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "version".
 */
export type Version = string;
/**
 * Pool as `host/pool`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "poolRef".
 */
export type PoolRef = string;
/**
 * DNS name or IP address (IPv6 without brackets).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "hostName".
 */
export type HostName = string;
/**
 * IPv4 address of the interface. With `vlan` the prefix length comes from the VLAN; without, write it: `203.0.113.2/30`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "ip4OnNic".
 */
export type Ip4OnNic = string;
/**
 * IPv6 address of the interface, prefix length as for IPv4.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "ip6OnNic".
 */
export type Ip6OnNic = string;
/**
 * Name of a network interface as Linux has it, at most 15 characters.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "interfaceName".
 */
export type InterfaceName = string;
/**
 * Amount of data with its unit: B, KB/MB/GB/TB/PB (1000) or KiB/MiB/GiB/TiB/PiB (1024).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "size".
 */
export type Size = string;
/**
 * Percentage.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "percent".
 */
export type Percent = string;
/**
 * Daily span, optionally on some weekdays: `mon..fri 8:00-18:00`, local time of the site.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "window".
 */
export type Window = string;
/**
 * TCP or UDP port.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "port".
 */
export type Port = number;
/**
 * SHA-256 fingerprint of a certificate.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "fingerprint".
 */
export type Fingerprint = string;
/**
 * SSH public key, type and key without comment.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "sshPublicKey".
 */
export type SshPublicKey = string;
/**
 * E-mail address.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "email".
 */
export type Email = string;
/**
 * Absolute path.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "absPath".
 */
export type AbsPath = string;
/**
 * `planned`: not there yet, nothing is rendered for it. `active`. `retired`: gone; what it left on hosts is listed for removal.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "state".
 */
export type State = 'planned' | 'active' | 'retired';
/**
 * Name of a secret. Never the secret itself: it is filled in on the host, see APPLY.md.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "secretRef".
 */
export type SecretRef = string;
/**
 * Public address of a tunnel end: host or `host:port`, IPv6 as `[2001:db8::1]` or `[2001:db8::1]:51820`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "endpoint".
 */
export type Endpoint = string;
/**
 * WireGuard public key.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "wireguardPublicKey".
 */
export type WireguardPublicKey = string;
/**
 * Length of time with units w, d, h, m (minutes), s, largest first.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "duration".
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "keepalive".
 */
export type Duration = string;
/**
 * VLAN as `site/vlan`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "vlanRef".
 */
export type VlanRef = string;
/**
 * VM and container ids.
 *
 * @minItems 1
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "guestIds".
 */
export type GuestIds = number[];
/**
 * Native id in Proxmox, when it differs from the key. Stays the same when the key is renamed.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "nativeId".
 */
export type NativeId = string;
/**
 * LUN as `host/lun`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "lunRef".
 */
export type LunRef = string;
/**
 * Network that the traffic must use: `site/vlan` (both ends are on it, or the client is on a VLAN that it is `routed_from`), the name of a tunnel, `internet` (the default route, for clouds) or `local` (both ends on one host).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "via".
 */
export type Via = string;
/**
 * UUID of a file system, lower case.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "uuid".
 */
export type Uuid = string;
/**
 * Mount options, comma separated, as mount(8) takes them.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "mountOptions".
 */
export type MountOptions = string;
/**
 * Amount of data per second with its unit: as sizes, or kbit, Mbit, Gbit.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "rate".
 */
export type Rate = string;
/**
 * Proxmox calendar event, in the time zone of the host that runs the job. Quote it. Hours 00 to 23; `sat 03:00`, `*-*-01 02:00`, `mon..fri 22:30`, `daily`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "calendar".
 */
export type Calendar = string;
/**
 * Native id in PVE, when it differs from the key.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "pveId".
 */
export type PveId = string;
/**
 * Datastore, with a namespace after a colon where it is not the root namespace.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "datastoreRef".
 */
export type DatastoreRef = string;
/**
 * Share, with a directory below it after a colon.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "shareRef".
 */
export type ShareRef = string;
/**
 * An identity on one system.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "account".
 */
export type Account = PbsAccount | PveAccount | SshAccount | S3Account;
/**
 * Data moving from one place to another.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "flow".
 */
export type Flow =
  | BackupFlow
  | HostBackupFlow
  | SyncFlow
  | VzdumpFlow
  | RsyncFlow
  | RcloneFlow
  | ZfsSendFlow
  | CarryFlow;
/**
 * Which side starts it: `pull` runs at the target, `push` at the source (PBS 3.3), `local` between two datastores of one PBS (PBS 3.1).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "sync_direction".
 */
export type SyncDirection = 'pull' | 'push' | 'local';
/**
 * Group filter of a sync.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "groupFilter".
 */
export type GroupFilter = string;
/**
 * Bucket, with a key prefix after a colon.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "bucketRef".
 */
export type BucketRef = string;
/**
 * PBS namespace: up to 7 names joined by `/`. Empty is not written; leave the key out for the root namespace.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "namespace".
 */
export type Namespace = string;
/**
 * Relative path.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "relPath".
 */
export type RelPath = string;

/**
 * One multi-site Proxmox backup deployment.
 */
export interface OffsiteTopology {
  /**
   * Version of this schema.
   */
  offsite: 1;
  name?: Comment;
  /**
   * Places that can be lost as a whole.
   */
  sites: {
    [k: string]: Site;
  };
  /**
   * Machines.
   */
  hosts: {
    [k: string]: Host;
  };
  /**
   * PVE clusters. A PVE host in none is a cluster of its own, under its own name.
   */
  clusters?: {
    [k: string]: Cluster;
  };
  /**
   * WireGuard tunnels.
   */
  tunnels?: {
    [k: string]: Tunnel;
  };
  /**
   * Sets of VMs and containers.
   */
  guests?: {
    [k: string]: Guests;
  };
  /**
   * PBS datastores.
   */
  datastores?: {
    [k: string]: Datastore;
  };
  /**
   * PVE storages.
   */
  storages?: {
    [k: string]: Storage;
  };
  /**
   * Directories and exports for raw archives.
   */
  shares?: {
    [k: string]: Share;
  };
  /**
   * S3 buckets.
   */
  buckets?: {
    [k: string]: Bucket;
  };
  /**
   * Identities.
   */
  accounts?: {
    [k: string]: Account;
  };
  /**
   * Data moving.
   */
  flows?: {
    [k: string]: Flow;
  };
  /**
   * Who is told.
   */
  notifications?: {
    [k: string]: Notification;
  };
  /**
   * Bandwidth limits of PBS clients.
   */
  traffic_limits?: {
    [k: string]: TrafficLimit;
  };
  /**
   * Facts about secrets: who holds them, where a copy is.
   */
  secrets?: {
    [k: string]: Secret;
  };
  /**
   * What the owner requires.
   */
  policy?: {
    /**
     * Severity of a diagnostic code, where it is not the default. Errors cannot be lowered, but for those of `require`.
     */
    severity?: {
      /**
       * Severity.
       */
      [k: string]: 'error' | 'warning' | 'info' | 'off';
    };
    require?: Requirements;
    /**
     * Objects of which something is not required for some time.
     */
    exceptions?: PolicyException[];
  };
}
/**
 * A place that can be lost as a whole.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "site".
 */
export interface Site {
  timezone: TimeZone;
  comment?: Comment;
  /**
   * Networks of the site.
   */
  vlans?: {
    [k: string]: Vlan;
  };
}
/**
 * A VLAN (or an untagged segment) of a site.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "vlan".
 */
export interface Vlan {
  /**
   * IEEE 802.1Q VLAN id. Leave out for an untagged segment.
   */
  id?: number;
  subnet?: Cidr4;
  subnet6?: Cidr6;
  gateway?: Ip4;
  gateway6?: Ip6;
  /**
   * VLANs of the site whose hosts reach this one by a router: the host that is the `gateway` of one of the two and has an address on both; or the `gateway` of both, where no declared host has those addresses; or else a host with the role `gateway` and an address on both. Hosts whose default route does not lead there get a static route.
   *
   * @minItems 1
   */
  routed_from?: Key[];
  mtu?: Mtu;
  /**
   * What it is for; checks use it to tell backup traffic on a management network.
   */
  purpose?: 'management' | 'storage' | 'backup' | 'clients' | 'transit' | 'public' | 'other';
  comment?: Comment;
}
/**
 * A machine.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "host".
 */
export interface Host {
  site: Key;
  roles: Roles;
  /**
   * Operating system, where the role does not say it. Default: debian; dsm for a NAS.
   */
  os?: 'debian' | 'dsm' | 'truenas' | 'qnap' | 'opnsense' | 'pfsense' | 'vyos' | 'routeros' | 'other';
  /**
   * false: known, not rendered (somebody else's PBS, an OPNsense). Its expected configuration is derived and printed under `_external/`.
   */
  managed?: boolean;
  /**
   * When it is itself a VM or container.
   */
  guest?: {
    on: Key;
    /**
     * VM or container id.
     */
    vmid: number;
    /**
     * VM or container.
     */
    type?: 'vm' | 'ct';
    pool?: PoolRef;
  };
  timezone?: TimeZone;
  fqdn?: HostName;
  /**
   * Network interfaces by name.
   */
  nics?: {
    [k: string]: Nic;
  };
  /**
   * Devices and pools.
   */
  pools?: {
    [k: string]: Pool;
  };
  /**
   * iSCSI LUNs it offers.
   */
  luns?: {
    [k: string]: Lun;
  };
  /**
   * How others reach its PBS or PVE API.
   */
  api?: {
    /**
     * Certificate fingerprint that clients pin. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
     */
    fingerprint?: 'pending' | Fingerprint;
    /**
     * The certificate comes from a public CA: nothing to pin.
     */
    public_ca?: boolean;
    address?: HostName;
    port?: Port;
  };
  /**
   * Its SSH server.
   */
  ssh?: {
    /**
     * Host key that clients pin. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
     */
    host_key?: 'pending' | SshPublicKey;
    port?: Port;
    address?: HostName;
  };
  /**
   * Settings of the PBS itself, in its `node.cfg`. What is not given here stays as the host has it.
   */
  node?: {
    email_from?: Email;
    /**
     * Days for which task logs are kept.
     */
    task_log_max_days?: number;
    /**
     * Proxy for what the PBS fetches and for notifications by HTTP: `[http://]HOST[:PORT]`, without a login.
     */
    http_proxy?: string;
    /**
     * Language of the web interface for users who have chosen none.
     */
    language?:
      | 'ar'
      | 'ca'
      | 'da'
      | 'de'
      | 'en'
      | 'es'
      | 'eu'
      | 'fa'
      | 'fr'
      | 'gl'
      | 'he'
      | 'hu'
      | 'it'
      | 'ja'
      | 'kr'
      | 'nb'
      | 'nl'
      | 'nn'
      | 'pl'
      | 'pt_BR'
      | 'ru'
      | 'sl'
      | 'sv'
      | 'tr'
      | 'zh_CN'
      | 'zh_TW';
  };
  /**
   * iSCSI initiator name, unique per host.
   */
  initiator_name?: string;
  work_dir?: AbsPath;
  /**
   * Account under which scripts run on a NAS.
   */
  user?: string;
  /**
   * Has a subscription (enterprise repository). For people: nothing is rendered or checked from it.
   */
  subscriptions?: boolean;
  /**
   * When it is switched on. Left out: always.
   */
  available?: Window[];
  comment?: Comment;
  state?: State;
}
/**
 * What the machine does, each with its version in quotes (or `true` where there is no version to know).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "roles".
 */
export interface Roles {
  pve?: Version;
  pbs?: Version;
  /**
   * A Debian-like Linux.
   */
  linux?: true | Version;
  /**
   * A NAS; `os` says which.
   */
  nas?: true | Version;
  /**
   * Routes between VLANs, tunnels and the internet.
   */
  gateway?: true | Version;
}
/**
 * A network interface of a host.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "nic".
 */
export interface Nic {
  /**
   * What it is.
   */
  kind?: 'physical' | 'bridge' | 'bond' | 'vlan' | 'dummy';
  vlan?: Key;
  address?: Ip4OnNic;
  address6?: Ip6OnNic;
  /**
   * Address by DHCP or router advertisement; the compiler then does not know it.
   */
  dhcp?: boolean;
  /**
   * The host's default route leaves here. At most one NIC per host and address family.
   */
  default_route?: boolean;
  gateway?: Ip4;
  gateway6?: Ip6;
  mtu?: Mtu;
  parent?: InterfaceName;
  /**
   * Hardware address. For people: nothing is rendered or checked from it.
   */
  mac?: string;
  comment?: Comment;
}
/**
 * A device or pool of a host and what else lives on it.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "pool".
 */
export interface Pool {
  /**
   * Technology.
   */
  kind?: 'zfs' | 'disk' | 'raid' | 'volume' | 'lvm' | 'lvmthin' | 'btrfs' | 'ceph' | 'removable';
  /**
   * Native name of the pool or device, `rpool/data` or `/dev/disk/by-id/…`.
   */
  device?: string;
  size?: Size;
  /**
   * What else lives on it: `guests`, `system`, or free words.
   *
   * Items: A word.
   */
  shared_with?: string[];
  warn_at?: Percent;
  critical_at?: Percent;
  used?: Percent;
  on?: PoolRef;
  /**
   * When it is there, for removable devices. Left out: always.
   */
  present?: Window[];
  comment?: Comment;
}
/**
 * An iSCSI LUN that a NAS offers.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "lun".
 */
export interface Lun {
  /**
   * Name of the target.
   */
  iqn: string;
  /**
   * Logical unit number.
   */
  lun?: number;
  port?: Port;
  /**
   * Target portal group tag.
   */
  portal_group?: number;
  pool?: Key;
  size?: Size;
  comment?: Comment;
}
/**
 * PVE hosts that share /etc/pve.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "cluster".
 */
export interface Cluster {
  /**
   * Members.
   *
   * @minItems 1
   */
  nodes: Key[];
  comment?: Comment;
}
/**
 * A WireGuard tunnel. AllowedIPs and routes derive from what it carries and from nothing else.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "tunnel".
 */
export interface Tunnel {
  /**
   * `pair`: two ends. `hub`: spokes talk through the hub. `mesh`: every end with every other.
   */
  kind?: 'pair' | 'hub' | 'mesh';
  hub?: Key;
  interface: InterfaceName;
  subnet?: Cidr4;
  subnet6?: Cidr6;
  port?: Port;
  /**
   * MTU inside the tunnel. 1420 suits an underlay of 1500.
   */
  mtu?: number;
  /**
   * MTU of the path between the ends (1492 for PPPoE, 1400 for some cloud networks).
   */
  underlay_mtu?: number;
  preshared_key?: SecretRef;
  /**
   * Hosts that terminate it.
   */
  ends: {
    [k: string]: TunnelEnd;
  };
  /**
   * VLANs whose traffic goes through it.
   */
  carries?: VlanRef[];
  comment?: Comment;
  state?: State;
}
/**
 * One end of a tunnel.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "tunnelEnd".
 */
export interface TunnelEnd {
  address?: Ip4;
  address6?: Ip6;
  interface?: InterfaceName;
  endpoint?: Endpoint;
  port?: Port;
  /**
   * Public key. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
   */
  public_key: 'pending' | WireguardPublicKey;
  private_key?: SecretRef;
  keepalive?: Duration;
  /**
   * VLANs behind this end, where the tunnel's own list cannot tell (two ends at one site).
   */
  carries?: VlanRef[];
}
/**
 * A named set of VMs and containers. Exactly one of `all`, `ids`, `pool`.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "guests".
 */
export interface Guests {
  cluster: Key;
  /**
   * Every guest of the cluster.
   */
  all?: boolean;
  ids?: GuestIds;
  /**
   * PVE resource pool.
   */
  pool?: string;
  exclude?: GuestIds;
  size?: Size;
  /**
   * Data that changes in a day, as a size or a percentage.
   */
  daily_change?: Size | Percent;
  /**
   * There are unprivileged containers among them (vzdump to a network share then needs a local tmpdir).
   */
  unprivileged_containers?: boolean;
  comment?: Comment;
}
/**
 * A PBS chunk store.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "datastore".
 */
export interface Datastore {
  host: Key;
  name?: NativeId;
  path: AbsPath;
  on?: PoolRef;
  /**
   * It lies on an iSCSI LUN.
   */
  iscsi?: {
    from: LunRef;
    via: Via;
    /**
     * UUID of the file system on the LUN. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
     */
    uuid: 'pending' | Uuid;
    /**
     * File system.
     */
    fs?: 'ext4' | 'xfs';
    replacement_timeout?: Duration;
    chap?: SecretRef;
    options?: MountOptions;
  };
  /**
   * It lies on an NFS share.
   */
  nfs?: {
    from: Key;
    via: Via;
    options?: MountOptions;
  };
  /**
   * It lies on a local file system that must be mounted.
   */
  disk?: {
    /**
     * UUID of the file system. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
     */
    uuid: 'pending' | Uuid;
    /**
     * File system.
     */
    fs?: 'ext4' | 'xfs' | 'btrfs';
    mountpoint?: AbsPath;
    options?: MountOptions;
  };
  /**
   * It lies on a removable device that PBS mounts itself (PBS 3.3).
   */
  removable?: {
    /**
     * UUID of the file system on the device. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
     */
    uuid: 'pending' | Uuid;
    /**
     * When the device is there. Left out: unknown.
     */
    present?: Window[];
    /**
     * Collect garbage before unmounting (PBS 4.2).
     */
    gc_on_unmount?: boolean;
  };
  /**
   * It lies in an S3 bucket; `path` is the local cache (PBS 4.0).
   */
  s3?: {
    bucket: Key;
    account: Key;
    via?: Via;
    max_cache_size?: Size;
    /**
     * Largest number of PUT requests per second.
     */
    put_rate?: number;
    rates?: Rates;
  };
  /**
   * Garbage collection. Without a schedule it never runs.
   */
  gc?: {
    schedule: Calendar;
  };
  verify?: Verification;
  /**
   * Verify each snapshot when it is complete.
   */
  verify_new?: boolean;
  retention?: DatastoreRetention;
  /**
   * Namespaces by path. Parents need not be listed.
   */
  namespaces?: {
    /**
     * A namespace.
     */
    [k: string]: {
      retention?: DatastoreRetention;
      verify?: Verification;
      comment?: Comment;
    };
  };
  capacity?: Size;
  warn_at?: Percent;
  critical_at?: Percent;
  /**
   * Options of the chunk store.
   */
  tuning?: {
    /**
     * Order of reading chunks.
     */
    chunk_order?: 'inode' | 'none';
    /**
     * How new chunks reach the disk.
     */
    sync_level?: 'none' | 'file' | 'filesystem';
    /**
     * Check that access times are updated before collecting (PBS 3.4).
     */
    gc_atime_safety_check?: boolean;
    gc_atime_cutoff?: Duration;
    /**
     * Chunk digests remembered while collecting (PBS 3.4).
     */
    gc_cache_capacity?: number;
    /**
     * Verification threads (PBS 4.1).
     */
    default_verification_workers?: number;
    /**
     * Reader threads (PBS 4.1).
     */
    default_verification_readers?: number;
  };
  /**
   * Maintenance mode.
   */
  maintenance?: 'read-only' | 'offline';
  /**
   * How PBS tells about jobs.
   */
  notification_mode?: 'notification-system' | 'legacy-sendmail';
  /**
   * Everything in it is encrypted on the client side: a fact for checks, which changes nothing in what is rendered. It counts for host backups (a client takes its default key by itself) and for clusters that are not managed; a storage has `encryption_key` or does not encrypt.
   */
  encrypted?: boolean;
  comment?: Comment;
  properties?: Properties;
  state?: State;
}
/**
 * Bandwidth limits.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "rates".
 */
export interface Rates {
  in?: Rate;
  out?: Rate;
  burst_in?: Size;
  burst_out?: Size;
}
/**
 * Verification job of a datastore or namespace.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "verification".
 */
export interface Verification {
  schedule?: Calendar;
  /**
   * Skip snapshots that were verified before and are not outdated.
   */
  ignore_verified?: boolean;
  outdated_after?: Duration;
  /**
   * Levels of namespaces below this one that the job covers.
   */
  max_depth?: number;
  /**
   * Reader threads (PBS 4.1).
   */
  read_threads?: number;
  /**
   * Verification threads (PBS 4.1).
   */
  verify_threads?: number;
  comment?: Comment;
}
/**
 * Retention of a datastore or namespace: what is kept, and when the prune job runs.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "datastoreRetention".
 */
export interface DatastoreRetention {
  /**
   * Backups kept by the last rule: the newest of each of the last N snapshots that have one. The rules add up.
   */
  keep_last?: number;
  /**
   * Backups kept by the hourly rule: the newest of each of the last N hours that have one. The rules add up.
   */
  keep_hourly?: number;
  /**
   * Backups kept by the daily rule: the newest of each of the last N days that have one. The rules add up.
   */
  keep_daily?: number;
  /**
   * Backups kept by the weekly rule: the newest of each of the last N ISO weeks that have one. The rules add up.
   */
  keep_weekly?: number;
  /**
   * Backups kept by the monthly rule: the newest of each of the last N months that have one. The rules add up.
   */
  keep_monthly?: number;
  /**
   * Backups kept by the yearly rule: the newest of each of the last N years that have one. The rules add up.
   */
  keep_yearly?: number;
  /**
   * Keep everything, on purpose. Excludes the other rules.
   */
  keep_all?: boolean;
  schedule?: Calendar;
  /**
   * Levels of namespaces below this one that the prune job covers.
   */
  max_depth?: number;
}
/**
 * Native properties that the model does not know, with Proxmox's own names. Checked against the table of the declared version.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "properties".
 */
export interface Properties {
  [k: string]: string | number | boolean;
}
/**
 * A PVE storage.cfg entry: of a datastore, of a share, or opaque (`type`).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "storage".
 */
export interface Storage {
  cluster: Key;
  id?: PveId;
  datastore?: DatastoreRef;
  share?: ShareRef;
  /**
   * Type of an opaque entry: rendered as it is given in `properties`.
   */
  type?:
    | 'dir'
    | 'zfspool'
    | 'lvm'
    | 'lvmthin'
    | 'iscsi'
    | 'iscsidirect'
    | 'nfs'
    | 'cifs'
    | 'cephfs'
    | 'rbd'
    | 'btrfs'
    | 'zfs'
    | 'pbs'
    | 'esxi';
  account?: Key;
  via?: Via;
  /**
   * Nodes that use it. Left out: all.
   *
   * @minItems 1
   */
  nodes?: Key[];
  /**
   * What may be stored.
   *
   * @minItems 1
   *
   * Items: Content type.
   */
  content?: ('backup' | 'images' | 'rootdir' | 'iso' | 'vztmpl' | 'snippets' | 'import' | 'none')[];
  retention?: Retention;
  encryption_key?: SecretRef;
  /**
   * Fingerprint of that key, as `proxmox-backup-client key show` prints it; the file holds it.
   */
  encryption_fingerprint?: string;
  options?: MountOptions;
  path?: AbsPath;
  /**
   * Present, not used.
   */
  disabled?: boolean;
  comment?: Comment;
  properties?: Properties;
  state?: State;
}
/**
 * What is kept. Belongs to the place, not to the flow. The rules add up: `keep_hourly: 24` with `keep_daily: 7` on one backup a day keeps 31 days.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "retention".
 */
export interface Retention {
  /**
   * Backups kept by the last rule: the newest of each of the last N snapshots that have one. The rules add up.
   */
  keep_last?: number;
  /**
   * Backups kept by the hourly rule: the newest of each of the last N hours that have one. The rules add up.
   */
  keep_hourly?: number;
  /**
   * Backups kept by the daily rule: the newest of each of the last N days that have one. The rules add up.
   */
  keep_daily?: number;
  /**
   * Backups kept by the weekly rule: the newest of each of the last N ISO weeks that have one. The rules add up.
   */
  keep_weekly?: number;
  /**
   * Backups kept by the monthly rule: the newest of each of the last N months that have one. The rules add up.
   */
  keep_monthly?: number;
  /**
   * Backups kept by the yearly rule: the newest of each of the last N years that have one. The rules add up.
   */
  keep_yearly?: number;
  /**
   * Keep everything, on purpose. Excludes the other rules.
   */
  keep_all?: boolean;
}
/**
 * A directory or export for raw archives or a datastore.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "share".
 */
export interface Share {
  host: Key;
  path: AbsPath;
  /**
   * How others reach it. `none`: only the host itself.
   */
  protocol?: 'nfs' | 'smb' | 'none';
  pool?: Key;
  export?: AbsPath;
  mountpoint?: AbsPath;
  capacity?: Size;
  warn_at?: Percent;
  critical_at?: Percent;
  /**
   * Who removes old files where no flow or storage does: a word or a sentence.
   */
  pruned_by?: string;
  comment?: Comment;
  state?: State;
}
/**
 * An S3 bucket.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "bucket".
 */
export interface Bucket {
  /**
   * Preset for endpoint, addressing style and minimum billed time; `generic` needs `endpoint`.
   */
  provider: 'wasabi' | 'aws' | 'backblaze' | 'cloudflare' | 'hetzner' | 'minio' | 'garage' | 'generic';
  /**
   * Name of the bucket, where it differs from the key.
   */
  name?: string;
  /**
   * Region.
   */
  region?: string;
  /**
   * Host name of the S3 endpoint, without scheme, where the preset does not give it.
   */
  endpoint?: string;
  port?: Port;
  /**
   * Bucket in the path rather than in the host name. Default: as the preset.
   */
  path_style?: boolean;
  host?: Key;
  provider_account?: Key;
  /**
   * Account id that the endpoint contains (Cloudflare R2).
   */
  provider_id?: string;
  /**
   * Certificate fingerprint of a self-signed endpoint. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
   */
  fingerprint?: 'pending' | Fingerprint;
  /**
   * Object lock.
   */
  object_lock?: {
    /**
     * Mode.
     */
    mode: 'governance' | 'compliance';
    for: Duration;
  };
  /**
   * Object versions are kept.
   */
  versioning?: boolean;
  /**
   * Lifecycle rule on the bucket.
   */
  lifecycle?: 'none' | 'expire' | 'cold-storage';
  minimum_billed?: Duration;
  /**
   * Files that rclone copies here are encrypted before, by something that offsite does not render: a fact for checks. rclone itself is rendered without encryption. It does not count for archives of vzdump, which are never encrypted, nor for a datastore, where `encryption_key` does it.
   */
  encrypted?: boolean;
  capacity?: Size;
  comment?: Comment;
  state?: State;
}
/**
 * PBS user or API token.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "pbsAccount".
 */
export interface PbsAccount {
  /**
   * Kind of account.
   */
  kind: 'pbs';
  on: Key;
  /**
   * Native id: `user@realm`, or `user@realm!token` for an API token.
   */
  id: string;
  secret?: SecretRef;
  /**
   * Roles beyond those that its flows need.
   *
   * Items: A role on a path.
   */
  grants?: {
    /**
     * Native role name.
     */
    role: string;
    /**
     * Native path.
     */
    path: string;
    /**
     * Applies to what lies below, too.
     */
    propagate?: boolean;
  }[];
  /**
   * Grant what its flows need. false: only `grants`.
   */
  derive_grants?: boolean;
  /**
   * May log in.
   */
  enable?: boolean;
  /**
   * Time after which it is invalid, seconds since 1970; 0 = never. Compared with `--as-of`: offsite does not look at the clock.
   */
  expire?: number;
  email?: Email;
  comment?: Comment;
  state?: State;
}
/**
 * PVE user or API token; rendered as pveum commands.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "pveAccount".
 */
export interface PveAccount {
  /**
   * Kind of account.
   */
  kind: 'pve';
  on: Key;
  /**
   * Native id: `user@realm`, or `user@realm!token` for an API token.
   */
  id: string;
  secret?: SecretRef;
  /**
   * Roles beyond those that its flows need.
   *
   * Items: A role on a path.
   */
  grants?: {
    /**
     * Native role name.
     */
    role: string;
    /**
     * Native path.
     */
    path: string;
    /**
     * Applies to what lies below, too.
     */
    propagate?: boolean;
  }[];
  /**
   * May log in.
   */
  enable?: boolean;
  /**
   * Time after which it is invalid, seconds since 1970; 0 = never. Compared with `--as-of`: offsite does not look at the clock.
   */
  expire?: number;
  email?: Email;
  comment?: Comment;
  state?: State;
}
/**
 * SSH login with a restricted key.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "sshAccount".
 */
export interface SshAccount {
  /**
   * Kind of account.
   */
  kind: 'ssh';
  on: Key;
  /**
   * Login name.
   */
  user: string;
  /**
   * Public key that is let in. `pending` while it does not exist yet: the file that needs it is withheld and APPLY.md says how to get it.
   */
  public_key: 'pending' | SshPublicKey;
  secret: SecretRef;
  comment?: Comment;
  state?: State;
}
/**
 * Access key at an S3 provider.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "s3Account".
 */
export interface S3Account {
  /**
   * Kind of account.
   */
  kind: 's3';
  secret: SecretRef;
  provider_account?: Key;
  /**
   * What the key reaches: one bucket (least privilege) or everything in the provider account.
   */
  scope?: 'bucket' | 'account';
  comment?: Comment;
  state?: State;
}
/**
 * PVE guests to PBS: a storage.cfg entry, a jobs.cfg job, account and rights on the PBS.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "backupFlow".
 */
export interface BackupFlow {
  /**
   * Kind of flow.
   */
  kind: 'backup';
  from: Key;
  to: Key;
  id?: PveId;
  node?: Key;
  /**
   * How guests are frozen.
   */
  mode?: 'snapshot' | 'suspend' | 'stop';
  fleecing?: PveId;
  /**
   * Notes of each backup, with {{guestname}}, {{vmid}}, {{node}}, {{cluster}}.
   */
  notes_template?: string;
  /**
   * Run a missed job as soon as possible.
   */
  repeat_missed?: boolean;
  /**
   * How PVE tells about the job (PVE 8.1).
   */
  notification_mode?: 'auto' | 'legacy-sendmail' | 'notification-system';
  bwlimit?: Rate;
  properties?: Properties;
  /**
   * How containers are read (PVE 8.2).
   */
  change_detection?: 'legacy' | 'data' | 'metadata';
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
}
/**
 * Files of a host to PBS by proxmox-backup-client.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "hostBackupFlow".
 */
export interface HostBackupFlow {
  /**
   * Kind of flow.
   */
  kind: 'host-backup';
  from: Key;
  to: DatastoreRef;
  account: Key;
  /**
   * What is saved: archive name (becomes NAME.pxar) and directory. A file system that is mounted below a directory is left out: list it, too.
   */
  paths: {
    [k: string]: AbsPath;
  };
  /**
   * Patterns that are left out.
   *
   * Items: Pattern.
   */
  exclude?: string[];
  backup_id?: NativeId;
  encryption_key?: SecretRef;
  /**
   * How files are compared.
   */
  change_detection?: 'legacy' | 'data' | 'metadata';
  rate?: Rate;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
  /**
   * Start when another flow on the same host has ended, instead of a schedule.
   */
  trigger?: {
    after: Key;
  };
}
/**
 * Copy of snapshots from one PBS datastore to another.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "syncFlow".
 */
export interface SyncFlow {
  /**
   * Kind of flow.
   */
  kind: 'sync';
  direction: SyncDirection;
  from: DatastoreRef;
  to: DatastoreRef;
  id?: NativeId;
  remote?: NativeId;
  account?: Key;
  owner?: Key;
  /**
   * Remove from the target what the source no longer has (remove-vanished).
   */
  propagate_deletions?: boolean;
  /**
   * Levels of namespaces below the source that are copied; all when left out.
   */
  max_depth?: number;
  /**
   * Group filters: `type:vm`, `group:ct/101`, `regex:…`, with `exclude:` in front to leave out.
   */
  groups?: GroupFilter[];
  /**
   * Copy only the newest N snapshots of each group.
   */
  transfer_last?: number;
  /**
   * Copy only encrypted snapshots (PBS 3.4).
   */
  encrypted_only?: boolean;
  /**
   * Copy only verified snapshots (PBS 3.4).
   */
  verified_only?: boolean;
  /**
   * Copy again what failed verification (PBS 3.3, pull).
   */
  resync_corrupt?: boolean;
  /**
   * Run when the removable datastore is mounted (PBS 4.0).
   */
  run_on_mount?: boolean;
  /**
   * Unmount it afterwards (PBS 4.1).
   */
  unmount_on_done?: boolean;
  rates?: Rates;
  /**
   * Groups copied at a time (PBS 4.2).
   */
  worker_threads?: number;
  properties?: Properties;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
  /**
   * Start when another flow on the same host has ended, instead of a schedule.
   */
  trigger?: {
    after: Key;
  };
}
/**
 * PVE guests to raw archives on a share.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "vzdumpFlow".
 */
export interface VzdumpFlow {
  /**
   * Kind of flow.
   */
  kind: 'vzdump';
  from: Key;
  to: Key;
  id?: PveId;
  node?: Key;
  /**
   * How guests are frozen.
   */
  mode?: 'snapshot' | 'suspend' | 'stop';
  fleecing?: PveId;
  /**
   * Notes of each backup, with {{guestname}}, {{vmid}}, {{node}}, {{cluster}}.
   */
  notes_template?: string;
  /**
   * Run a missed job as soon as possible.
   */
  repeat_missed?: boolean;
  /**
   * How PVE tells about the job (PVE 8.1).
   */
  notification_mode?: 'auto' | 'legacy-sendmail' | 'notification-system';
  bwlimit?: Rate;
  properties?: Properties;
  retention?: Retention;
  /**
   * Compression.
   */
  compress?: 'none' | 'gzip' | 'lzo' | 'zstd';
  tmpdir?: AbsPath;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
}
/**
 * Copy of files by rsync over SSH.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "rsyncFlow".
 */
export interface RsyncFlow {
  /**
   * Kind of flow.
   */
  kind: 'rsync';
  from: ShareRef;
  to: ShareRef;
  run_on?: Key;
  account: Key;
  /**
   * Delete at the target what the source no longer has; a run that reaches `max_delete` fails.
   */
  propagate_deletions?: boolean;
  /**
   * With propagate_deletions: most deletions in one run.
   */
  max_delete?: number;
  /**
   * May replace files at the target that exist there.
   */
  overwrite?: boolean;
  /**
   * Patterns left out beside unfinished vzdump files.
   *
   * Items: Pattern.
   */
  exclude?: string[];
  rate?: Rate;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
  /**
   * Start when another flow on the same host has ended, instead of a schedule.
   */
  trigger?: {
    after: Key;
  };
}
/**
 * Copy of files to an S3 bucket by rclone.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "rcloneFlow".
 */
export interface RcloneFlow {
  /**
   * Kind of flow.
   */
  kind: 'rclone';
  from: ShareRef;
  to: BucketRef;
  run_on?: Key;
  account: Key;
  /**
   * `rclone sync` instead of `copy`.
   */
  propagate_deletions?: boolean;
  /**
   * With propagate_deletions: most deletions in one run.
   */
  max_delete?: number;
  /**
   * Archives never change: a changed file is an error, times are not compared.
   */
  immutable?: boolean;
  /**
   * Patterns left out beside unfinished vzdump files.
   *
   * Items: Pattern.
   */
  exclude?: string[];
  rate?: Rate;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
  /**
   * Start when another flow on the same host has ended, instead of a schedule.
   */
  trigger?: {
    after: Key;
  };
}
/**
 * ZFS replication between two pools. Accepted, not rendered yet.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "zfsSendFlow".
 */
export interface ZfsSendFlow {
  /**
   * Kind of flow.
   */
  kind: 'zfs-send';
  from: PoolRef;
  to: PoolRef;
  account?: Key;
  /**
   * Datasets below, too.
   */
  recursive?: boolean;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
  /**
   * Start when another flow on the same host has ended, instead of a schedule.
   */
  trigger?: {
    after: Key;
  };
}
/**
 * A disk carried by hand. Accepted, not rendered.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "carryFlow".
 */
export interface CarryFlow {
  /**
   * Kind of flow.
   */
  kind: 'carry';
  /**
   * Where from: datastore, share or pool.
   */
  from: string;
  /**
   * Where to: a site or a pool.
   */
  to: string;
  medium?: PoolRef;
  via: Via;
  schedule?: Calendar;
  takes?: Duration;
  expect_after?: Key;
  /**
   * Rendered, switched off.
   */
  disabled?: boolean;
  comment?: Comment;
  state?: State;
}
/**
 * Where messages about jobs go.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "notification".
 */
export interface Notification {
  /**
   * How messages leave the host: `smtp` from Proxmox itself, which neither queues nor repeats; `sendmail` through the mail system that the host has; `postfix` the same, with Postfix set up as a client of the relay; `gotify`; `webhook` as JSON by POST.
   */
  kind: 'smtp' | 'sendmail' | 'postfix' | 'gotify' | 'webhook';
  /**
   * Hosts and clusters that use it.
   *
   * @minItems 1
   */
  hosts: Key[];
  server?: HostName;
  relay?: Key;
  /**
   * URL (gotify, webhook).
   */
  url?: string;
  port?: Port;
  /**
   * Transport security. Default: by the port; `tls` without one.
   */
  mode?: 'insecure' | 'starttls' | 'tls';
  via?: Via;
  from_address?: Email;
  /**
   * Recipients. Default: the address of root@pam.
   *
   * @minItems 1
   */
  mailto?: Email[];
  /**
   * Login at the relay.
   */
  username?: string;
  secret?: SecretRef;
  /**
   * Which messages; all when left out.
   *
   * @minItems 1
   *
   * Items: Severity.
   */
  severities?: ('info' | 'notice' | 'warning' | 'error' | 'unknown')[];
  /**
   * About what; everything when left out. PVE: vzdump, replication, fencing; PBS: gc, prune, sync, verify, thresholds, tape-backup, tape-load; both: acme, package-updates, system-mail.
   *
   * @minItems 1
   *
   * Items: What a message is about, as Proxmox calls it.
   */
  types?: (
    | 'acme'
    | 'fencing'
    | 'gc'
    | 'package-updates'
    | 'prune'
    | 'replication'
    | 'sync'
    | 'system-mail'
    | 'tape-backup'
    | 'tape-load'
    | 'thresholds'
    | 'verify'
    | 'vzdump'
  )[];
  comment?: Comment;
  state?: State;
}
/**
 * Bandwidth limit of a PBS for clients (not for sync jobs).
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "trafficLimit".
 */
export interface TrafficLimit {
  /**
   * PBS hosts.
   *
   * @minItems 1
   */
  hosts: Key[];
  /**
   * Networks it applies to.
   *
   * @minItems 1
   */
  networks: (Cidr4 | Cidr6)[];
  rates: Rates;
  /**
   * When it applies.
   */
  timeframes?: Window[];
  /**
   * Users it applies to (PBS 4.1), with all their tokens. Such a limit goes before those for networks alone.
   *
   * @minItems 1
   *
   * Items: User as `user@realm`.
   */
  users?: string[];
  comment?: Comment;
  state?: State;
}
/**
 * What is known about a secret: never the secret.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "secret".
 */
export interface Secret {
  /**
   * Where it is kept: hosts, people, a password store.
   *
   * Items: A word.
   */
  held_by?: string[];
  /**
   * Where a copy for the disaster is kept.
   *
   * Items: A word.
   */
  escrow?: string[];
  comment?: Comment;
}
/**
 * What must hold of the whole deployment. What does not is an error `policy-…`, at the object.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "requirements".
 */
export interface Requirements {
  /**
   * Storages, mounts and flows between hosts of two sites go through a tunnel.
   */
  tunnel_between_sites?: boolean;
  /**
   * No account serves two purposes.
   */
  own_accounts?: boolean;
  /**
   * What lies in the bucket of a provider, or at a site where no host is ours, is encrypted.
   */
  encrypted_at_providers?: boolean;
  /**
   * Clients know every PBS by its fingerprint (`pending` is fine), or it has a certificate of a public CA.
   */
  pinned_fingerprints?: boolean;
  /**
   * Of each set of guests, at least one copy cannot be deleted from where it comes from: a PBS pulls it into a datastore that nobody else writes to, without `propagate_deletions`; or it lies in a bucket with object lock in mode `compliance`. With a duration backups of that time are held so. `true`: a lock holds for what `retention_at_least` asks for or, without that, until the next backup comes.
   */
  immutable_copy?: boolean | Duration;
  /**
   * Somebody hears when a flow fails: some notification takes errors of the host or cluster that runs it; or, for a job in mode `legacy-sendmail`, its mail goes to somebody.
   */
  notified?: boolean;
  /**
   * Copies of each set of guests at least, besides the guests themselves. What lies on one pool counts once.
   */
  copies?: number;
  /**
   * Copies of each set of guests at least that are at other sites than the guests, at a provider or on a disk that is carried away. What lies on one pool counts once.
   */
  offsite_copies?: number;
  backup_every?: Duration;
  verify_every?: Duration;
  retention_at_least?: Duration;
}
/**
 * One requirement that one object need not meet until a day.
 *
 * This interface was referenced by `OffsiteTopology`'s JSON-Schema
 * via the `definition` "policyException".
 */
export interface PolicyException {
  /**
   * The requirement, as in `require`.
   */
  rule:
    | 'tunnel_between_sites'
    | 'own_accounts'
    | 'encrypted_at_providers'
    | 'pinned_fingerprints'
    | 'immutable_copy'
    | 'notified'
    | 'copies'
    | 'offsite_copies'
    | 'backup_every'
    | 'verify_every'
    | 'retention_at_least';
  /**
   * Section and key of the object that the finding is at.
   */
  object: string;
  reason: Comment;
  /**
   * Last day on which it holds, YYYY-MM-DD. Compared with `--as-of` only: offsite does not look at the clock.
   */
  until: string;
}
