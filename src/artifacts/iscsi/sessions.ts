/** iSCSI sessions that datastores need: one per host, target and portal, with all LUNs that are used through it. */
import { addressOn, sharedFamily, sourceOn } from '../../analyses/flow-ends.ts';
import { atValue, type Diagnostic, type TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Backing, Datastore, Host, Nic, State, Topology, Via } from '../../model/topology.ts';
import { printHostPort } from '../../net/host-port.ts';
import { parseDuration } from '../../proxmox/quantity.ts';

export interface IscsiStore {
  readonly datastore: Datastore;
  readonly backing: Extract<Backing, { kind: 'iscsi' }>;
}

export interface Session {
  readonly host: Host;
  readonly nas: Host;
  readonly iqn: string;
  /** `10.10.30.10:3260`, `[fd00::1]:3260` */
  readonly portal: string;
  /** Target portal group tag. */
  readonly group: number;
  /** The NIC on the storage network that the session is bound to. */
  readonly nic: Nic;
  /** Name of the interface record. */
  readonly iface: string;
  readonly stores: readonly IscsiStore[];
  /** Seconds that I/O waits for a lost session: the longest that a datastore on it asks for. */
  readonly timeout: number;
  /** Name of the CHAP credential. */
  readonly chap: string | undefined;
  readonly causes: readonly TopologyPath[];
}

export interface Sessions {
  readonly sessions: readonly Session[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Sessions of active hosts for datastores in the given state, in the order of the datastores. */
export function iscsiSessions(topology: Topology, state: State): Sessions {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, Session>();
  for (const datastore of topology.datastores.values()) {
    const { backing, host } = datastore;
    if (backing.kind !== 'iscsi' || datastore.state !== state || host.state !== 'active') continue;
    const session = sessionOf({ datastore, backing });
    if ('code' in session) {
      diagnostics.push(session);
      continue;
    }
    const key = idOf(session);
    const known = found.get(key);
    if (known !== undefined && known.chap !== session.chap) diagnostics.push(conflict(known, datastore));
    found.set(key, known === undefined ? session : joined(known, session));
  }
  return { sessions: [...found.values()], diagnostics };
}

/** What makes two sessions one. */
export const idOf = ({ host, iqn, portal }: Session): string => `${host.key} ${iqn} ${portal}`;

const DEFAULT_TIMEOUT = 300;

function sessionOf(store: IscsiStore): Session | Diagnostic {
  const { datastore, backing } = store;
  const { host, spec, path } = datastore;
  const { lun, via } = backing;
  const nas = lun.host;
  const nic = nicOn(host, via);
  if (nic === undefined) return noAddress(datastore, host, via);
  const portal = addressOn(nas, via, sharedFamily(host, nas, via));
  if (portal === undefined) return noAddress(datastore, nas, via);
  const timeout = parseDuration(spec.iscsi?.replacement_timeout ?? '');
  return {
    host,
    nas,
    iqn: lun.spec.iqn,
    portal: printHostPort(portal.address, lun.spec.port ?? 3260),
    group: lun.spec.portal_group ?? 1,
    nic,
    iface: ifaceName(nic),
    stores: [store],
    timeout: timeout.ok ? timeout.value : DEFAULT_TIMEOUT,
    chap: spec.iscsi?.chap,
    causes: [[...path, 'iscsi'], lun.path, ...portal.causes, nic.path],
  };
}

const joined = (known: Session, other: Session): Session => ({
  ...known,
  stores: [...known.stores, ...other.stores],
  timeout: Math.max(known.timeout, other.timeout),
  causes: [...known.causes, ...other.causes.slice(0, 2)],
});

/** The interface on the network, or to the router; its own address does not matter, so DHCP will do. */
function nicOn(host: Host, via: Via): Nic | undefined {
  const direct = via.kind === 'vlan' && [...host.nics.values()].find(nic => nic.vlan === via.vlan);
  return direct || sourceOn(host, via)?.nic;
}

/** Names that open-iscsi makes itself. */
const TAKEN = /^(?:default|iser|tcp|(?:bnx2i|cxgb3i|cxgb4i|be2iscsi|qla4xxx|qedi|ocs)\..*)$/;

/** The NIC's own name, at most 15 characters as Linux has it. */
const ifaceName = (nic: Nic): string => (TAKEN.test(nic.key) ? `on-${nic.key}`.slice(0, 15) : nic.key);

const noAddress = (datastore: Datastore, host: Host, via: Via): Diagnostic => ({
  code: 'no-address-on-via',
  severity: 'error',
  message: `\`${host.key}\` has no known address on \`${via.text}\`, the network of the iSCSI session of datastore \`${datastore.key}\``,
  place: atValue([...datastore.path, 'iscsi', 'via']),
  help: `give \`${host.key}\` a NIC with an address on that network`,
});

const conflict = (known: Session, datastore: Datastore): Diagnostic => ({
  code: 'iscsi-session-conflict',
  severity: 'error',
  message: `datastore \`${datastore.key}\` shares the iSCSI session of \`${known.iqn}\` with \`${known.stores[0]?.datastore.key ?? ''}\`, but their \`chap\` differs`,
  place: atValue([...datastore.path, 'iscsi']),
  related: known.stores.map(({ datastore: { path } }) => ({
    message: 'the other one',
    place: atValue([...path, 'iscsi']),
  })),
  help: 'name the same credential for both',
});
