/**
 * Namespaces are data, not configuration. On the PBS itself `proxmox-backup-debug api` calls the API as root@pam with
 * a ticket of its own (`proxmox-backup/src/client_helpers.rs`), so that no password is needed, which
 * `proxmox-backup-client namespace create` would ask for.
 */
import type { NamespaceCauses } from '../../analyses/namespaces.ts';
import type { Datastore } from '../../model/topology.ts';
import type { ApplyStep, ExternalNote } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { directoryOf } from './steps.ts';

export function namespaceStep(store: Datastore, needed: NamespaceCauses): ApplyStep {
  const { host, name, backing } = store;
  return {
    target: host.key,
    phase: 'namespaces',
    order: 40,
    title: `Create namespaces in datastore ${name}`,
    text: [
      'Parents first; what exists is left alone. Sync jobs and their accounts then need no right to create namespaces.',
      ...(backing.kind === 'removable'
        ? ['The device must be plugged in: PBS mounts it, if it is not mounted.']
        : []),
    ],
    commands: [...mountCommands(store), ...createCommands(store, needed.keys())],
    check: [`proxmox-backup-debug api get ${word(apiPath(name))}`],
    undo: undoCommands(store, [...needed.keys()]),
    causes: [...needed.values()].flatMap(causes => causes.slice(0, 1)),
  };
}

/** PBS mounts what is removable at `/mnt/datastore/NAME`. */
const mountCommands = ({ backing, name }: Datastore): string[] =>
  backing.kind === 'removable'
    ? [
        `mountpoint -q ${word(`/mnt/datastore/${name}`)} || proxmox-backup-manager datastore mount ${word(name)}`,
      ]
    : [];

const apiPath = (name: string): string => `/admin/datastore/${name}/namespace`;

function createCommands(store: Datastore, namespaces: Iterable<string>): string[] {
  const directory = `${directoryOf(store)}/ns/`;
  const call = `proxmox-backup-debug api create ${word(apiPath(store.name))} --name`;
  const commands: string[] = [];
  for (const namespace of namespaces) {
    const slash = namespace.lastIndexOf('/');
    const name = word(namespace.slice(slash + 1));
    const parent = slash === -1 ? '' : ` --parent ${word(namespace.slice(0, slash))}`;
    // A namespace `a/b` is the directory `ns/a/ns/b` of the store (`pbs-api-types/src/namespace.rs`).
    const own = word(directory + namespace.replaceAll('/', '/ns/'));
    commands.push(`[ -d ${own} ] || offsite_make ${made(store, namespace)} ${call} ${name}${parent}`);
  }
  return commands;
}

const made = ({ name }: Datastore, namespace: string): string => word(`namespace ${name}:${namespace}`);

/** Those below first. PBS refuses to delete a namespace that holds backups, unless it is told to delete them too. */
const undoCommands = (store: Datastore, namespaces: readonly string[]): string[] =>
  [...namespaces]
    .reverse()
    .map(
      namespace =>
        `offsite_unmake ${made(store, namespace)} proxmox-backup-debug api delete ${word(apiPath(store.name))} --ns ${word(namespace)}`,
    );

export const namespaceNote = (store: Datastore, needed: NamespaceCauses): ExternalNote => ({
  name: store.host.key,
  title: `Namespaces of datastore ${store.name}`,
  text: ['These namespaces must exist; the accounts have no right to create them.'],
  blocks: [{ language: 'text', text: [...needed.keys(), ''].join('\n') }],
  causes: [...needed.values()].flatMap(causes => causes.slice(0, 1)),
});
