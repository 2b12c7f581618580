/** `datastore.cfg`, and the steps that make what a section alone does not: chunk stores and namespaces. */
import type { Namespaces } from '../../analyses/namespaces.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import type { Datastore, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import type { Change, ExternalNote, Lowered, Withheld } from '../lowering.ts';
import { isRendered, pbsHosts, pbsVersion } from '../pbs-hosts.ts';
import { sectionFiles } from '../section-files.ts';
import type { Section } from '../sections.ts';
import { goneDatastores } from './gone.ts';
import { namespaceNote, namespaceStep } from './namespace-steps.ts';
import { datastoreSection } from './section.ts';
import { createStep, finishStep, removeStep, sourceStep } from './steps.ts';
import { isWaiting, pendingOf } from './waiting.ts';

export function lowerPbsDatastore(topology: Topology, namespaces: Namespaces): Lowered {
  const stores = [...topology.datastores.values()].filter(({ host }) => host.state === 'active');
  const active = stores.filter(({ state }) => state === 'active');
  const withSections = active.map(store => ({ store, ...datastoreSection(store, pbsVersion(store.host)) }));
  const sections = new Map<Datastore['host'], readonly Section[]>(
    [...groupBy(withSections, ({ store }) => store.host)].map(([host, list]) => [
      host,
      list.map(entry => entry.section),
    ]),
  );
  const rendered = active.filter(({ host }) => isRendered(host));
  const pending = rendered.filter(isWaiting);
  const gone = goneDatastores(topology);
  const retired = stores.filter(store => gone.has(store) && isRendered(store.host));
  const files = sectionFiles(topology, {
    kind: 'pbs-datastore',
    file: 'datastore.cfg',
    phase: 'datastores',
    sections,
    withheld: pending.map(withheldBy),
  });
  const inside = [...namespaces].filter(([{ host }]) => host.state === 'active');
  const managed = inside.filter(([{ host }]) => isRendered(host));
  const foreign = inside.filter(([{ host }]) => !isRendered(host));
  const hosts = pbsHosts(topology).filter(isRendered);
  return {
    ...files,
    steps: [
      ...rendered.filter(store => !isWaiting(store)).map(store => createStep(topology, store)),
      ...retired.map(removeStep),
      ...managed
        .filter(([store]) => !isWaiting(store))
        .map(([store, needed]) => namespaceStep(store, needed)),
      ...hosts.filter(({ roles }) => roles.size > 1).map(sourceStep),
      ...hosts.map(finishStep),
    ],
    needs: [
      ...hosts.map(({ key, path }) => ({
        target: key,
        kind: 'package' as const,
        name: 'proxmox-backup-server',
        causes: [[...path, 'roles', 'pbs']],
      })),
      ...files.needs,
    ],
    changes: [
      ...rendered.map(store => change(store, 'creates')),
      ...retired.map(store => change(store, 'removes')),
      ...managed.flatMap(([store, needed]) => namespaceChanges(store, needed)),
    ],
    external: [
      ...files.external,
      ...foreign.map(([store, needed]): ExternalNote => namespaceNote(store, needed)),
    ],
    diagnostics: [
      ...withSections.flatMap(({ diagnostics }) => diagnostics),
      ...pending.filter(isRemovable).map(pendingUuid),
      ...files.diagnostics,
    ],
  };
}

const change = ({ host, name, path }: Datastore, verb: Change['verb']): Change => ({
  target: host.key,
  verb,
  kind: 'datastore',
  name,
  causes: [path],
});

const namespaceChanges = (
  { host, name }: Datastore,
  needed: ReadonlyMap<string, Change['causes']>,
): Change[] =>
  [...needed].map(([namespace, causes]) => ({
    target: host.key,
    verb: 'creates',
    kind: 'namespace',
    name: `${name}:${namespace}`,
    causes,
  }));

/** The kinds of mounts and of endpoints say themselves what the others wait for. */
const isRemovable = ({ backing }: Datastore): boolean => backing.kind === 'removable';

const withheldBy = (store: Datastore): Withheld => ({
  target: store.host.key,
  path: '/etc/proxmox-backup/datastore.cfg',
  how: isRemovable(store)
    ? `Plug the device of datastore \`${store.key}\` in and read the UUID of its file system with \`lsblk -o NAME,SIZE,FSTYPE,UUID\` (a new one needs a file system first: \`mkfs.ext4\` on the empty partition), write it as \`removable.uuid\`, and render again.`
    : `Datastore \`${store.key}\` cannot be made before the pending value is known that ${store.backing.kind === 's3' ? '`/etc/proxmox-backup/s3.cfg`' : '`/etc/fstab`'} waits for too.`,
  causes: [pendingOf(store) ?? store.path],
});

const pendingUuid = (store: Datastore): Diagnostic => ({
  code: 'pending-value',
  severity: 'warning',
  message: `the UUID of removable datastore \`${store.key}\` is pending: datastore.cfg of \`${store.host.key}\` is not rendered`,
  place: atValue([...store.path, 'removable', 'uuid']),
  help: '`lsblk -o NAME,SIZE,FSTYPE,UUID` on that host prints it once the device is plugged in',
});
