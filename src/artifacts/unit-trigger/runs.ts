/**
 * What runs where: the flows that a host starts by itself, in the form that the host takes (systemd units, or a script
 * with an entry in DSM's Task Scheduler), and which flow starts which.
 */
import type {
  Flow,
  Host,
  HostBackupFlow,
  RcloneFlow,
  RsyncFlow,
  SyncFlow,
  Topology,
} from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { memo } from '../../once.ts';
import { unknownFarEnd } from '../host-key.ts';

/** Flows that a tool of ours runs. */
export type CopyFlow = RsyncFlow | RcloneFlow | HostBackupFlow;
/** Flows that have a unit: a sync only when it is part of a chain. */
export type UnitFlow = CopyFlow | SyncFlow;

export interface Runs {
  /** Flows with a unit, by the host that runs them; hosts and flows in the order of the topology. */
  readonly units: ReadonlyMap<Host, readonly UnitFlow[]>;
  /** Flows with a DSM script, by host. */
  readonly scripts: ReadonlyMap<Host, readonly CopyFlow[]>;
  /** Active flows that nothing here runs: a NAS of another make, an unmanaged host, a kind that is not rendered. */
  readonly declaredOnly: readonly Flow[];
  /** Flows that are started when a flow has ended. */
  readonly next: ReadonlyMap<Flow, readonly UnitFlow[]>;
}

const COPIES: ReadonlySet<string> = new Set(['rsync', 'rclone', 'host-backup']);

export const isCopy = (flow: Flow): flow is CopyFlow => COPIES.has(flow.kind);

export const runsOf = memo(findRuns);

function findRuns(topology: Topology): Runs {
  const units = new Map<Host, UnitFlow[]>();
  const scripts = new Map<Host, CopyFlow[]>();
  const declaredOnly: Flow[] = [];
  const chained = syncsInChains(topology);
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active') continue;
    if (flow.kind === 'zfs-send' || flow.kind === 'carry') declaredOnly.push(flow);
    if (!isCopy(flow) && !(flow.kind === 'sync' && chained.has(flow))) continue;
    const host = flow.runsOn;
    if (host.state !== 'active') continue;
    if (host.takesFiles) push(units, host, flow);
    else if (isCopy(flow) && runsScripts(host) && flow.kind !== 'host-backup') push(scripts, host, flow);
    else if (isCopy(flow)) declaredOnly.push(flow);
  }
  return { units, scripts, declaredOnly, next: successors(units, scripts) };
}

/** DSM takes a script and one entry in its Task Scheduler. */
export const runsScripts = (host: Host): boolean => host.managed && host.os === 'dsm';

/**
 * Syncs that start another flow or are started by one. PBS has no hook at the end of a job, so a unit of ours runs
 * them, at the time that the job would have had: the job itself must have no schedule then.
 */
export function syncsInChains(topology: Topology): ReadonlySet<SyncFlow> {
  const chained = new Set<SyncFlow>();
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active' || flow.after === undefined) continue;
    if (flow.kind === 'sync') chained.add(flow);
    if (flow.after.kind === 'sync' && flow.after.state === 'active') chained.add(flow.after);
  }
  return chained;
}

/** Whether the unit or script waits for the fingerprint of its server, or for the host key of the far end. */
export const isWithheld = (flow: Flow): boolean =>
  (flow.kind === 'host-backup' && flow.to.datastore.host.spec.api?.fingerprint === 'pending') ||
  (flow.kind === 'rsync' && unknownFarEnd(flow) !== undefined);

export const unitName = (flow: Pick<Flow, 'key'>): string => `offsite-${flow.key}`;

function successors(...groups: readonly ReadonlyMap<Host, readonly UnitFlow[]>[]): Map<Flow, UnitFlow[]> {
  const next = new Map<Flow, UnitFlow[]>();
  for (const flow of groups.flatMap(group => [...group.values()].flat())) {
    // A flow that is switched off is not started by the one before it either.
    if (flow.after !== undefined && flow.spec.disabled !== true && !isWithheld(flow))
      push(next, flow.after, flow);
  }
  return next;
}
