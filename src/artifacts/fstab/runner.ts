/** Shares of other hosts that the runner of a flow must mount. */
import { atValue, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Flow, Host, RcloneFlow, RsyncFlow, Share, SharePlace, Topology } from '../../model/topology.ts';
import type { Mount } from './mount.ts';
import { mountVia, nfsServer, nfsSource } from './nfs-server.ts';
import { nfsType, RUNNER_OPTIONS } from './options.ts';

/** Where a host that runs flows mounts a share of another host. */
export const runnerMountpoint = (share: Share): string =>
  share.spec.mountpoint ?? `/mnt/offsite/${share.key}`;

/** The side of a file flow that its runner reads or writes as a directory, not over SSH or S3. */
export const localPlace = (flow: RsyncFlow | RcloneFlow): SharePlace =>
  flow.kind === 'rsync' && flow.runsOn === flow.to.share.host ? flow.to : flow.from;

/** A share that flows of one host need, with the flows. */
export interface RunnerShare {
  readonly host: Host;
  readonly share: Share;
  readonly flows: readonly (RsyncFlow | RcloneFlow)[];
}

/** For flows in the given state, by host and share, in the order of the flows. */
export function runnerShares(topology: Topology, state: Flow['state']): readonly RunnerShare[] {
  const found = new Map<string, { host: Host; share: Share; flows: (RsyncFlow | RcloneFlow)[] }>();
  for (const flow of topology.flows.values()) {
    if (flow.state !== state || (flow.kind !== 'rsync' && flow.kind !== 'rclone')) continue;
    const { share } = localPlace(flow);
    const host = flow.runsOn;
    if (host.state !== 'active' || share.host === host) continue;
    const key = `${host.key}/${share.key}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { host, share, flows: [flow] });
    else known.flows.push(flow);
  }
  return [...found.values()];
}

/** The mount of a share; or why there can be none. What a runner mounts from elsewhere is always a source. */
export function runnerMount({ host, share, flows }: RunnerShare): Mount | Diagnostic {
  const [first] = flows;
  if (first === undefined) throw new Error(`share "${share.key}" without a flow`);
  const place = localPlace(first);
  if (share.protocol !== 'nfs') {
    return {
      code: 'share-not-mountable',
      severity: 'error',
      message: `\`${host.key}\` runs flow \`${first.key}\` and must mount share \`${share.key}\`, which has protocol \`${share.protocol}\``,
      place: atValue(place.path),
      help: `export it by NFS, or run the flow on \`${share.host.key}\``,
    };
  }
  const via = mountVia(host, share.host, first.via);
  const found = nfsServer(host, share.host, via);
  if (found === undefined) {
    return {
      code: 'no-address-on-via',
      severity: 'error',
      message: `\`${host.key}\` must mount share \`${share.key}\`, but \`${share.host.key}\` has no address on a network that both are in`,
      place: atValue(place.path),
      help: `give \`${share.host.key}\` a NIC with an address on a VLAN of \`${host.key}\``,
    };
  }
  const places = flows.map(flow => localPlace(flow).path);
  return {
    host,
    use: 'runner',
    datastores: [],
    share,
    source: nfsSource(found.server, share),
    mountpoint: runnerMountpoint(share),
    type: nfsType(RUNNER_OPTIONS),
    options: RUNNER_OPTIONS,
    pass: '0',
    ...(found.client === undefined ? {} : { clientAddress: found.client.address }),
    causes: {
      object: first.path,
      source: [...found.server.causes, [...share.path, share.spec.export === undefined ? 'path' : 'export']],
      mountpoint: share.spec.mountpoint === undefined ? share.path : [...share.path, 'mountpoint'],
      type: places,
      options: places,
    },
  };
}
