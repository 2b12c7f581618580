/** Flows: their ends, their accounts, and the host that starts them. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type {
  Account,
  BackupFlow,
  Bucket,
  Cluster,
  Datastore,
  Flow,
  Guests,
  Host,
  Share,
  Storage,
  VzdumpFlow,
} from '../model/topology.ts';
import { memo } from '../once.ts';
import { parseDuration } from '../proxmox/quantity.ts';
import { demandOn, referAccount } from './accounts.ts';
import { referPool } from './hosts.ts';
import { referBucket, referDatastore, referShare } from './places.ts';
import { type Mutable, resolveEach, type Scope } from './scope.ts';
import { demandNode } from './storages.ts';
import { resolveSync } from './sync.ts';
import { type Networks, resolveVia } from './via.ts';

export interface FlowParts extends Networks {
  readonly hosts: ReadonlyMap<string, Host>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly guests: ReadonlyMap<string, Guests>;
  readonly datastores: ReadonlyMap<string, Datastore>;
  readonly storages: ReadonlyMap<string, Storage>;
  readonly shares: ReadonlyMap<string, Share>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly accounts: ReadonlyMap<string, Account>;
}

export function resolveFlows(scope: Scope, parts: FlowParts): Map<string, Flow> {
  const flows = resolveEach(scope, 'flows', scope.spec.flows, (key, spec, path) =>
    resolveFlow(scope, parts, key, spec, path),
  );
  for (const flow of flows.values()) linkOrder(scope, flows, flow);
  return flows;
}

/** What every flow has. */
export function common<S extends Spec.Flow>(
  scope: Scope,
  parts: FlowParts,
  key: string,
  spec: S,
  path: TopologyPath,
) {
  const via = resolveVia(scope, parts, spec.via, path, 'via');
  const takes = spec.takes === undefined ? undefined : parseDuration(spec.takes);
  if (via === undefined) return undefined;
  return {
    key,
    path,
    spec,
    state: spec.state ?? 'active',
    after: undefined,
    expectAfter: undefined,
    takes: takes?.ok ? takes.value / 60 : undefined,
    via,
  } as const;
}

function resolveFlow(
  scope: Scope,
  parts: FlowParts,
  key: string,
  spec: Spec.Flow,
  path: TopologyPath,
): Flow | undefined {
  switch (spec.kind) {
    case 'backup':
    case 'vzdump':
      return resolveJob(scope, parts, key, spec, path);
    case 'sync':
      return resolveSync(scope, parts, key, spec, path);
    case 'host-backup': {
      const base = common(scope, parts, key, spec, path);
      const from = scope.refer('hosts', parts.hosts, spec.from, path, 'from');
      const to = referDatastore(scope, parts.datastores, spec.to, [...path, 'to']);
      const account = referAccount(scope, parts.accounts, 'pbs', spec.account, path, 'account');
      if (!base || !from || !to || !account) return undefined;
      if (!demandOn(scope, account, to.datastore.host, 'the datastore is on', path, 'account'))
        return undefined;
      return { ...base, kind: 'host-backup', from, to, account, runsOn: from };
    }
    case 'rsync':
      return resolveRsync(scope, parts, key, spec, path);
    case 'rclone': {
      const base = common(scope, parts, key, spec, path);
      const from = referShare(scope, parts.shares, spec.from, [...path, 'from']);
      const to = referBucket(scope, parts.buckets, spec.to, [...path, 'to']);
      const account = referAccount(scope, parts.accounts, 's3', spec.account, path, 'account');
      const runsOn = runner(scope, parts, spec.run_on, from?.share.host, path);
      if (!base || !from || !to || !account || !runsOn) return undefined;
      return { ...base, kind: 'rclone', from, to, account, runsOn };
    }
    case 'zfs-send': {
      const base = common(scope, parts, key, spec, path);
      const from = referPool(scope, parts.hosts, spec.from, [...path, 'from']);
      const to = referPool(scope, parts.hosts, spec.to, [...path, 'to']);
      // Nothing is rendered for it yet; the name must be right all the same.
      if (spec.account !== undefined)
        referAccount(scope, parts.accounts, 'ssh', spec.account, path, 'account');
      return base && from && to && { ...base, kind: 'zfs-send', from, to, runsOn: from.host };
    }
    case 'carry': {
      const base = common(scope, parts, key, spec, path);
      const isKnown = referCarried(scope, parts, spec, path);
      return isKnown ? base && { ...base, kind: 'carry', runsOn: undefined } : undefined;
    }
  }
}

/** Whether what is carried, where to and on what is there. A pool is `host/pool`; a namespace stands behind a colon. */
function referCarried(scope: Scope, parts: FlowParts, spec: Spec.CarryFlow, path: TopologyPath): boolean {
  const isPool = (text: string): boolean => /^[^:]*\//.test(text);
  const pool = (text: string, step: string) => referPool(scope, parts.hosts, text, [...path, step]);
  const source = (text: string) => {
    const [name = ''] = text.split(':', 1);
    return scope.refer('places', placesOf(parts), name, path, 'from');
  };
  const from = isPool(spec.from) ? pool(spec.from, 'from') : source(spec.from);
  const to = isPool(spec.to) ? pool(spec.to, 'to') : scope.refer('sites', parts.sites, spec.to, path, 'to');
  const medium = spec.medium === undefined || pool(spec.medium, 'medium') !== undefined;
  return from !== undefined && to !== undefined && medium;
}

const placesOf = memo(
  ({ datastores, shares }: FlowParts) => new Map<string, Datastore | Share>([...datastores, ...shares]),
);

function resolveJob(
  scope: Scope,
  parts: FlowParts,
  key: string,
  spec: Spec.BackupFlow | Spec.VzdumpFlow,
  path: TopologyPath,
): BackupFlow | VzdumpFlow | undefined {
  const base = common(scope, parts, key, spec, path);
  const from = scope.refer('guests', parts.guests, spec.from, path, 'from');
  const to = scope.refer('storages', parts.storages, spec.to, path, 'to');
  if (spec.node !== undefined) {
    const node = scope.refer('hosts', parts.hosts, spec.node, path, 'node');
    if (node && from) demandNode(scope, from.cluster, node, [...path, 'node']);
  }
  if (!base || !from || !to) return undefined;
  if (to.cluster !== from.cluster) {
    scope.report({
      code: 'storage-elsewhere',
      severity: 'error',
      message: `storage \`${to.key}\` belongs to \`${to.cluster.key}\`, and the guests run on \`${from.cluster.key}\``,
      place: atValue([...path, 'to']),
      related: [{ message: 'the guests', place: atValue([...from.path, 'cluster']) }],
      help: `name a storage of \`${from.cluster.key}\``,
    });
    return undefined;
  }
  const wanted = spec.kind === 'backup' ? 'datastore' : 'share';
  if (to.backing.kind !== wanted) {
    scope.report({
      code: 'wrong-storage',
      severity: 'error',
      message: `a \`${spec.kind}\` flow needs the storage of a ${wanted}, and \`${to.key}\` is ${to.backing.kind === 'opaque' ? 'opaque' : `that of a ${to.backing.kind}`}`,
      place: atValue([...path, 'to']),
      related: [{ message: 'the storage', place: atKey(to.path) }],
      help:
        spec.kind === 'backup'
          ? 'use `kind: vzdump` for raw archives'
          : 'use `kind: backup` for a PBS datastore',
    });
    return undefined;
  }
  const rest = { from, to, runsOn: from.cluster, id: spec.id ?? key };
  return spec.kind === 'backup'
    ? { ...base, spec, kind: 'backup', ...rest }
    : { ...base, spec, kind: 'vzdump', ...rest };
}

function resolveRsync(
  scope: Scope,
  parts: FlowParts,
  key: string,
  spec: Spec.RsyncFlow,
  path: TopologyPath,
): Flow | undefined {
  const base = common(scope, parts, key, spec, path);
  const from = referShare(scope, parts.shares, spec.from, [...path, 'from']);
  const to = referShare(scope, parts.shares, spec.to, [...path, 'to']);
  const account = referAccount(scope, parts.accounts, 'ssh', spec.account, path, 'account');
  const runsOn = runner(scope, parts, spec.run_on, from?.share.host, path);
  if (!base || !from || !to || !account || !runsOn) return undefined;
  const far = runsOn === to.share.host ? from.share.host : to.share.host;
  if (!demandOn(scope, account, far, 'the far side of the copy is', path, 'account')) return undefined;
  return { ...base, kind: 'rsync', from, to, account, runsOn };
}

function runner(
  scope: Scope,
  parts: FlowParts,
  name: string | undefined,
  fallback: Host | undefined,
  path: TopologyPath,
): Host | undefined {
  return name === undefined ? fallback : scope.refer('hosts', parts.hosts, name, path, 'run_on');
}

/** `expect_after` and `trigger`, after all flows are known. */
function linkOrder(scope: Scope, flows: ReadonlyMap<string, Flow>, flow: Flow): void {
  const mutable = flow as Mutable<Flow>;
  if (flow.spec.expect_after !== undefined) {
    mutable.expectAfter = scope.refer('flows', flows, flow.spec.expect_after, flow.path, 'expect_after');
  }
  const trigger = 'trigger' in flow.spec ? flow.spec.trigger : undefined;
  if (trigger === undefined) return;
  const at = [...flow.path, 'trigger', 'after'];
  const after = scope.refer('flows', flows, trigger.after, at);
  if (after === undefined) return;
  mutable.after = after;
  if (after.runsOn !== flow.runsOn) {
    scope.report({
      code: 'trigger-elsewhere',
      severity: 'error',
      message: `flow \`${flow.key}\` cannot be started by \`${after.key}\`, which runs on \`${after.runsOn?.key ?? 'no host'}\``,
      place: atValue(at),
      related: [{ message: 'the other flow', place: atKey(after.path) }],
      help: 'a trigger works on one host only: give a `schedule` and `expect_after`',
    });
  }
  if (flow.spec.schedule !== undefined) {
    scope.report({
      code: 'trigger-and-schedule',
      severity: 'error',
      message: `flow \`${flow.key}\` has a schedule and a trigger`,
      place: atKey([...flow.path, 'schedule']),
      related: [{ message: 'the trigger', place: atKey([...flow.path, 'trigger']) }],
      help: 'keep one of them',
    });
  }
}
