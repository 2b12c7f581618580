/** What is active and needs something that is planned or retired, directly: what stands behind that is its own affair. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type {
  BackupFlow,
  Bucket,
  Cluster,
  Datastore,
  Flow,
  Notification,
  Share,
  State,
  Storage,
  Topology,
  VzdumpFlow,
} from '../model/topology.ts';
import { activeOnes, isActive, runningFlows } from './in-use.ts';

/** An object with a state, for people: "account `sync`". */
interface Part {
  readonly what: string;
  readonly state: State;
  readonly path: TopologyPath;
}

export interface AbsentUse {
  /** For people: "storage `pbs-home`". */
  readonly user: string;
  /** Where the part is named. */
  readonly path: TopologyPath;
  readonly part: Part;
}

const STATED = ['hosts', 'datastores', 'storages', 'shares', 'buckets', 'accounts'] as const;
const isAllActive = (topology: Topology): boolean =>
  STATED.every(name => [...topology[name].values()].every(isActive));

/** Linear in what uses anything, and nothing to do in most topologies. */
export function absentUses(topology: Topology): AbsentUse[] {
  if (isAllActive(topology)) return [];
  const users = [
    ...activeOnes(topology.datastores).map(store => ['datastore', store, ofDatastore(store)] as const),
    ...activeOnes(topology.storages).map(storage => ['storage', storage, ofStorage(storage)] as const),
    ...runningFlows(topology.flows).map(flow => ['flow', flow, ofFlow(flow)] as const),
    ...activeOnes(topology.notifications).map(one => ['notification', one, ofNotification(one)] as const),
  ];
  return users.flatMap(([kind, { key }, needs]) =>
    needs.flatMap(({ path, parts }) => {
      const part = parts.find(one => !isActive(one));
      return part === undefined ? [] : [{ user: `${kind} \`${key}\``, path, part }];
    }),
  );
}

/** A reference, and what must be there for it: of several parts the first that is absent explains the others. */
interface Need {
  readonly path: TopologyPath;
  readonly parts: readonly Part[];
}

type Named = { readonly key: string; readonly state: State; readonly path: TopologyPath };

const part = (kind: string, { key, state, path }: Named): Part => ({
  what: `${kind} \`${key}\``,
  state,
  path,
});
const need = (path: TopologyPath, ...parts: readonly Part[]): Need => ({ path, parts });
const storeParts = (store: Datastore) => [part('datastore', store), part('host', store.host)];
const shareParts = (share: Share) => [part('share', share), part('host', share.host)];
const bucketParts = (bucket: Bucket) => [
  part('bucket', bucket),
  ...(bucket.host ? [part('host', bucket.host)] : []),
];

/** PVE keeps a job for a node that has gone, and never runs it. */
const pinnedTo = ({ spec, runsOn }: BackupFlow | VzdumpFlow) =>
  spec.node === undefined ? [] : runsOn.nodes.filter(({ key }) => key === spec.node);

/** One node that is there will do. */
const clusterParts = ({ nodes }: Cluster) =>
  nodes.some(isActive) ? [] : nodes.slice(0, 1).map(node => part('host', node));

const ofNotification = ({ path, relay }: Notification): Need[] =>
  relay === undefined ? [] : [need([...path, 'relay'], part('host', relay))];

/** On a host that is not there, a datastore waits with it. */
function ofDatastore({ path, host, backing }: Datastore): Need[] {
  if (!isActive(host)) return [];
  switch (backing.kind) {
    case 's3':
      return [
        need([...path, 's3', 'bucket'], ...bucketParts(backing.bucket)),
        need([...path, 's3', 'account'], part('account', backing.account)),
      ];
    case 'nfs':
      return [need([...path, 'nfs', 'from'], ...shareParts(backing.share))];
    case 'iscsi':
      return [need([...path, 'iscsi', 'from'], part('host', backing.lun.host))];
    default:
      return [];
  }
}

function ofStorage({ path, spec, backing }: Storage): Need[] {
  if (backing.kind === 'opaque' || spec.disabled === true) return [];
  if (backing.kind === 'share') return [need(backing.place.path, ...shareParts(backing.place.share))];
  return [
    need(backing.place.path, ...storeParts(backing.place.datastore)),
    need([...path, 'account'], part('account', backing.account)),
  ];
}

function ofFlow(flow: Flow): Need[] {
  const at = (key: string) => [...flow.path, key];
  switch (flow.kind) {
    case 'backup':
    case 'vzdump':
      return [
        need(at('from'), ...clusterParts(flow.runsOn)),
        need(at('to'), part('storage', flow.to)),
        ...pinnedTo(flow).map(node => need(at('node'), part('host', node))),
      ];
    case 'host-backup':
      return [
        need(at('from'), part('host', flow.from)),
        need(at('to'), ...storeParts(flow.to.datastore)),
        need(at('account'), part('account', flow.account)),
      ];
    case 'sync':
      return [
        need(at('from'), ...storeParts(flow.from.datastore)),
        need(at('to'), ...storeParts(flow.to.datastore)),
        ...(flow.account ? [need(at('account'), part('account', flow.account))] : []),
        ...(flow.owner ? [need(at('owner'), part('account', flow.owner))] : []),
      ];
    case 'rsync':
    case 'rclone':
      return [
        need(at('from'), ...shareParts(flow.from.share)),
        need(at('to'), ...(flow.kind === 'rsync' ? shareParts(flow.to.share) : bucketParts(flow.to.bucket))),
        need(at('account'), part('account', flow.account)),
        ...(flow.spec.run_on === undefined ? [] : [need(at('run_on'), part('host', flow.runsOn))]),
      ];
    case 'zfs-send':
      return [need(at('from'), part('host', flow.from.host)), need(at('to'), part('host', flow.to.host))];
    case 'carry':
      return [];
  }
}
