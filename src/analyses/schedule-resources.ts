/** What jobs share while they run: the nodes of a cluster, a datastore, a disk or NAS, a tunnel, the uplink of a site. */
import type {
  BackupFlow,
  Cluster,
  Datastore,
  Flow,
  Pool,
  Share,
  Site,
  Topology,
  VzdumpFlow,
} from '../model/topology.ts';
import { memo } from '../once.ts';
import { bottomPool } from './copy-place.ts';
import { hostsOf, isUpkeep, type Job } from './schedule-jobs.ts';

export interface Resource {
  readonly key: string;
  /** For people: "datastore `main`". */
  readonly label: string;
  /** vzdump runs once at a time on a node; the second job waits, and fails after three hours (`lockwait`, vzdump.conf). */
  readonly isLocked: boolean;
}

const shared = (key: string, label: string): Resource => ({ key, label, isLocked: false });

/** Gives the resources of each job. Networks of a site are left out: how much they carry is not known. */
export function resourcesIn(topology: Topology): (job: Job) => readonly Resource[] {
  // Where one job keeps to a node, those of the whole cluster meet it on that node only.
  const byNode = new Set<Cluster>();
  for (const flow of topology.flows.values()) {
    if ((flow.kind === 'backup' || flow.kind === 'vzdump') && flow.spec.node !== undefined)
      byNode.add(flow.runsOn);
  }
  return job => unique(isUpkeep(job) ? ofUpkeep(job) : ofFlow(job.flow, byNode));
}

/** Of a handful. */
const unique = (resources: readonly Resource[]): readonly Resource[] =>
  resources.length < 2
    ? resources
    : resources.filter(({ key }, index) => resources.findIndex(other => other.key === key) === index);

function ofUpkeep({ kind, datastore }: Extract<Job, { datastore: Datastore }>): readonly Resource[] {
  // Pruning only removes index files.
  return kind === 'prune' ? [storeOf(datastore)] : ofStore(datastore);
}

function ofFlow(flow: Flow, byNode: ReadonlySet<Cluster>): Resource[] {
  const line = lineOf(flow);
  switch (flow.kind) {
    case 'backup':
    case 'vzdump': {
      const { backing } = flow.to;
      const to =
        backing.kind === 'datastore'
          ? ofStore(backing.place.datastore)
          : backing.kind === 'share'
            ? ofShare(backing.place.share)
            : [];
      return [...ofNodes(flow, byNode), ...to, ...ofGuests(flow), ...line];
    }
    case 'host-backup':
      return [...ofStore(flow.to.datastore), ...line];
    case 'sync':
      return [...ofStore(flow.from.datastore), ...ofStore(flow.to.datastore), ...line];
    case 'rsync':
      return [...ofShare(flow.from.share), ...ofShare(flow.to.share), ...line];
    case 'rclone':
      return [...ofShare(flow.from.share), ...line];
    case 'zfs-send':
      return [medium(flow.from), medium(flow.to), ...line];
    case 'carry':
      return [];
  }
}

function ofNodes({ runsOn, spec }: BackupFlow | VzdumpFlow, byNode: ReadonlySet<Cluster>): Resource[] {
  const isLocked = true;
  if (!byNode.has(runsOn)) {
    const label = runsOn.standalone ? `node \`${runsOn.key}\`` : `the nodes of \`${runsOn.key}\``;
    return [{ key: `nodes ${runsOn.key}`, label, isLocked }];
  }
  return runsOn.nodes
    .filter(({ key }) => spec.node === undefined || spec.node === key)
    .map(({ key }) => ({ key: `node ${key}`, label: `node \`${key}\``, isLocked }));
}

/** Pools on which guests lie. Of a part of the guests of a cluster it is not known on which node they are. */
function ofGuests({ from, spec }: BackupFlow | VzdumpFlow): Resource[] {
  const { nodes: all } = from.cluster;
  const nodes = spec.node === undefined ? all : all.filter(({ key }) => spec.node === key);
  if (nodes.length > 1 && from.spec.all !== true) return [];
  const found: Resource[] = [];
  for (const { pools } of nodes) {
    for (const pool of pools.values())
      if (pool.spec.shared_with?.includes('guests')) found.push(medium(pool));
  }
  return found;
}

/** Asked for by everything that reads or writes there. */
const ofStore = memo((store: Datastore): readonly Resource[] => {
  const { backing, pool } = store;
  const all = [storeOf(store)];
  if (pool !== undefined) all.push(medium(pool));
  if (backing.kind === 'iscsi') all.push(backing.lun.pool ? medium(backing.lun.pool) : nas(backing.lun.host));
  if (backing.kind === 'nfs') all.push(...ofShare(backing.share));
  if (backing.kind === 's3' && backing.via.kind === 'internet') all.push(uplink(store.host.site));
  return all;
});

const storeOf = ({ key }: Datastore): Resource => shared(`datastore ${key}`, `datastore \`${key}\``);
const uplink = ({ key }: Site): Resource => shared(`uplink ${key}`, `the uplink of site \`${key}\``);
const nas = ({ key }: { readonly key: string }): Resource => shared(`nas ${key}`, `NAS \`${key}\``);

const ofShare = memo(({ host, pool }: Share): readonly Resource[] => {
  if (host.roles.has('nas')) return [nas(host)];
  return pool === undefined ? [] : [medium(pool)];
});

/** What lies on a virtual disk lies on the pool below it. The volumes of a NAS share its processor and network. */
function medium(pool: Pool): Resource {
  const { host, key } = bottomPool(pool);
  return host.roles.has('nas') ? nas(host) : shared(`pool ${host.key}/${key}`, `pool \`${host.key}/${key}\``);
}

function lineOf(flow: Flow): Resource[] {
  const { via, runsOn } = flow;
  const from = runsOn && hostsOf(runsOn)[0]?.site;
  if (from === undefined) return [];
  if (via.kind === 'internet') return [uplink(from)];
  if (via.kind !== 'tunnel') return [];
  const { key, kind } = via.tunnel;
  if (kind === 'pair') return [shared(`tunnel ${key}`, `tunnel \`${key}\``)];
  // The lines of a star or mesh are those between two sites.
  const sites = [...new Set(endSites(flow).map(site => site.key))].sort();
  if (sites.length !== 2) return [];
  const [a, b] = sites;
  return [shared(`tunnel ${key} ${a} ${b}`, `tunnel \`${key}\` between \`${a}\` and \`${b}\``)];
}

function endSites(flow: Flow): Site[] {
  switch (flow.kind) {
    case 'sync':
      return [flow.from.datastore.host.site, flow.to.datastore.host.site];
    case 'host-backup':
      return [flow.from.site, flow.to.datastore.host.site];
    case 'rsync':
      return [flow.from.share.host.site, flow.to.share.host.site];
    case 'zfs-send':
      return [flow.from.host.site, flow.to.host.site];
    case 'backup':
    case 'vzdump': {
      const { backing } = flow.to;
      const near = flow.runsOn.nodes[0]?.site;
      const far =
        backing.kind === 'datastore'
          ? backing.place.datastore.host.site
          : backing.kind === 'share'
            ? backing.place.share.host.site
            : undefined;
      return [near, far].filter(site => site !== undefined);
    }
    case 'rclone':
    case 'carry':
      return [];
  }
}
