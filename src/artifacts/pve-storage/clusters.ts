/** The PVE clusters that take part, with the version that their files must fit and the node on which steps are run. */
import type { Cluster, Host, Topology } from '../../model/topology.ts';
import { memo } from '../../once.ts';
import { NEWEST, parseVersion, type Version } from '../../proxmox/version.ts';

/** Clusters with an active node, in key order; a standalone PVE host is one. */
export const pveClusters = memo((topology: Topology): readonly Cluster[] =>
  [...topology.clusters.values()].filter(({ nodes }) => nodes.some(({ state }) => state === 'active')),
);

/** The newest stands in for a version that does not parse: `unsupported-version` says so, and nothing is too new. */
export const pveVersion = memo((cluster: Cluster): Version => parseVersion(cluster.version) ?? NEWEST.pve);

/** Whether files are rendered for /etc/pve of the cluster. */
export const isRenderedCluster = (cluster: Cluster): boolean => stepNode(cluster) !== undefined;

/** The node on which the steps of the cluster's target are run; undefined when others run all of it. */
export const stepNode = (cluster: Cluster): Host | undefined =>
  cluster.nodes.find(node => node.state === 'active' && node.managed && node.takesFiles);

/** Where to run a step: /etc/pve is replicated, so once is enough, and twice can be wrong. */
export const whereText = (cluster: Cluster): string[] =>
  cluster.standalone
    ? []
    : [
        `On one node of the cluster only, for example ${stepNode(cluster)?.key ?? cluster.key}: /etc/pve is replicated.`,
      ];
