import { activeOnes, runningFlows } from '../analyses/in-use.ts';
import { jobNodes } from '../analyses/job-nodes.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { BackupFlow, Cluster, Storage, Topology, VzdumpFlow } from '../model/topology.ts';
import { once } from '../once.ts';
import type { Finding, Rule } from './rule.ts';

/** They hold no images of VMs that PVE could make (pve-storage `src/PVE/Storage/*Plugin.pm`, `alloc_image`). */
const WITHOUT_IMAGES: ReadonlySet<string> = new Set(['cephfs', 'esxi', 'iscsi', 'iscsidirect', 'pbs']);

export const fleecingStorage: Rule = {
  id: 'fleecing-storage',
  severity: 'error',
  summary:
    'A backup job keeps fleecing images on a storage that cannot hold them, or that is not on its nodes.',
  why: 'PVE makes an image there for each disk of a VM before it backs it up (qemu-server `PVE/VZDump/QemuServer.pm`). Where it cannot, the backup of the VM fails.',
  fix: 'Name a local storage with thin disks (`lvmthin`, `zfspool`) that every node of the job has; `fleecing` takes the id that the storage has in PVE.',
  example: {
    bad: 'storages: { pbs: { datastore: main, … } }\nflows: { nightly: { kind: backup, to: pbs, fleecing: pbs, … } }',
    good: 'flows: { nightly: { kind: backup, to: pbs, fleecing: local-lvm, … } }',
  },
  *check({ topology }) {
    const storages = once(() => byId(activeOnes(topology.storages)));
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'backup' && flow.kind !== 'vzdump') continue;
      if (flow.spec.fleecing !== undefined) yield* judge(topology, flow, flow.spec.fleecing, storages());
    }
  },
};

type ById = ReadonlyMap<Cluster, ReadonlyMap<string, Storage>>;

function byId(storages: readonly Storage[]): ById {
  const found = new Map<Cluster, Map<string, Storage>>();
  for (const storage of storages) {
    const own = found.get(storage.cluster) ?? new Map<string, Storage>();
    found.set(storage.cluster, own.set(storage.id, storage));
  }
  return found;
}

/** A storage that is not declared may be there all the same. */
function* judge(
  topology: Topology,
  flow: BackupFlow | VzdumpFlow,
  id: string,
  storages: ById,
): Iterable<Finding> {
  const storage = storages.get(flow.runsOn)?.get(id);
  const place = atValue([...flow.path, 'fleecing']);
  if (storage === undefined) {
    const named = topology.storages.get(id);
    if (named?.cluster !== flow.runsOn) return;
    yield {
      severity: 'warning',
      message: `\`${flow.key}\` has \`fleecing: ${id}\`, which is the key of a storage that PVE knows as \`${named.id}\``,
      place,
      related: [{ message: 'the storage', place: atKey(named.path) }],
      help: WITHOUT_IMAGES.has(typeOf(named)) ? LOCAL : `write \`fleecing: ${named.id}\``,
    };
    return;
  }
  const related = [{ message: 'the storage', place: atKey(storage.path) }];
  const what = `fleecing images of \`${flow.key}\``;
  const type = typeOf(storage);
  if (WITHOUT_IMAGES.has(type)) {
    const message = `storage \`${storage.key}\` of type ${type} cannot hold the ${what}`;
    yield { message, place, related, help: LOCAL };
    return;
  }
  if (storage.spec.disabled === true) {
    const message = `storage \`${storage.key}\` is disabled and takes no ${what}`;
    yield { message, place, related, help: 'take `disabled` away, or name another storage' };
    return;
  }
  const { nodes } = storage;
  const runs = jobNodes(flow).filter(({ state }) => state === 'active');
  const without = nodes === undefined ? [] : runs.filter(node => !nodes.includes(node));
  if (without.length > 0) {
    yield {
      severity: without.length === runs.length ? 'error' : 'warning',
      message: `storage \`${storage.key}\` for ${what} is not available on ${without.map(({ key }) => `\`${key}\``).join(', ')}`,
      place,
      related: [{ message: 'nodes of the storage', place: atValue([...storage.path, 'nodes']) }],
      help: 'name a storage that every node of the job has',
    };
  }
  const { content } = storage.spec;
  if (content !== undefined && !content.includes('images')) {
    yield {
      severity: 'warning',
      message: `storage \`${storage.key}\` is not meant for images, and gets the ${what}`,
      place: atValue([...storage.path, 'content']),
      related: [{ message: 'used here', place }],
      help: `write \`content: [${['images', ...content.filter(one => one !== 'none')].join(', ')}]\`, or name another storage`,
    };
  }
}

const LOCAL = 'name a local storage with thin disks';

/** As `storage.cfg` has it; of a share it depends on more, and any holds images. */
const typeOf = ({ backing }: Storage): string =>
  backing.kind === 'datastore' ? 'pbs' : backing.kind === 'opaque' ? backing.type : '';
