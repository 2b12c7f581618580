import { activeOnes, runningFlows } from '../analyses/in-use.ts';
import { localPlace } from '../artifacts/fstab/runner.ts';
import { atKey, atValue, type Severity } from '../diagnostics/diagnostic.ts';
import type { Backing, Host } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const mountInContainer: Rule = {
  id: 'mount-in-container',
  severity: 'warning',
  summary: 'A container is to mount what only the kernel of its node can attach.',
  why: 'A container has no kernel of its own. The kernel has its iSCSI initiator for the network of the node alone, and devices that come and go do not appear in a container. NFS and block devices can be mounted by a privileged container with `features: mount=nfs` or the device handed in, and a dead NFS server then holds up the node.',
  fix: 'Mount it on the node and hand it into the container (`pct set ID -mp0 /mnt/store,mp=/mnt/datastore/store`), declared as a plain `path`; or make the machine a VM.',
  example: {
    bad: 'pbs: { guest: { on: pve-1, vmid: 800, type: ct }, … }\ndatastores: { lun: { host: pbs, iscsi: { … }, … } }',
    good: 'pbs: { guest: { on: pve-1, vmid: 800, type: vm }, … }\ndatastores: { lun: { host: pbs, iscsi: { … }, … } }',
  },
  *check({ topology }) {
    for (const { key, path, host, backing } of activeOnes(topology.datastores)) {
      if (!isContainer(host)) continue;
      const limit = LIMITS[backing.kind];
      if (limit === undefined) continue;
      const { severity, what, can } = limit;
      yield {
        severity,
        message: `datastore \`${key}\` lies on ${what}, which container \`${host.key}\` ${can}`,
        place: atKey([...path, backing.kind]),
        related: containerPlace(host),
        help: HELP,
      };
    }
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'rsync' && flow.kind !== 'rclone') continue;
      const { runsOn } = flow;
      const { share } = localPlace(flow);
      if (share.host === runsOn || share.protocol !== 'nfs' || !isContainer(runsOn)) continue;
      const { severity, what, can } = LIMITS.nfs;
      yield {
        severity,
        message: `\`${flow.key}\` reads share \`${share.key}\` by ${what}, which container \`${runsOn.key}\` ${can}`,
        place: atKey(flow.path),
        related: containerPlace(runsOn),
        help: `run it on \`${share.host.key}\`, or ${HELP}`,
      };
    }
  },
};

const HELP = 'mount it on the node and hand it in as a mount point, declared as a plain `path`; or use a VM';

/** Who runs a machine that we do not render has set it up himself. */
const isContainer = ({ managed, spec }: Host): boolean => managed && spec.guest?.type === 'ct';

const containerPlace = ({ path }: Host): NonNullable<Finding['related']> => [
  { message: 'the container', place: atValue([...path, 'guest', 'type']) },
];

interface Limit {
  /** Whether a container may be privileged is not declared: where that decides, it is an assumption. */
  readonly severity: Severity;
  readonly what: string;
  readonly can: string;
}
const LIMITS: Readonly<Partial<Record<Backing['kind'], Limit>>> & { readonly nfs: Limit } = {
  iscsi: { severity: 'error', what: 'iSCSI', can: 'cannot use: the initiator is in the kernel of the node' },
  nfs: {
    severity: 'info',
    what: 'NFS',
    can: 'can mount only when it is privileged and has `features: mount=nfs`',
  },
  disk: {
    severity: 'info',
    what: 'a disk',
    can: 'can mount only when it is privileged and the device is handed in',
  },
  removable: { severity: 'warning', what: 'a removable device', can: 'does not see when it is plugged in' },
};
