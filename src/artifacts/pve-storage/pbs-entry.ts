/** Entry of a PBS datastore (pve-storage `src/PVE/Storage/PBSPlugin.pm`); password and key are files beside it. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Datastore, Storage, StorageBacking } from '../../model/topology.ts';
import type { Withheld } from '../lowering.ts';
import { pendingOf } from '../pbs-datastore/waiting.ts';
import { property, propertyAt } from '../sections.ts';
import { entryOf, failed, MODELLED, noAddress, outOfReach, type StorageEntry } from './entry.ts';
import { apiEnd } from './reach.ts';
import { commonProperties, declaredNodes, onlyOn } from './values.ts';

const DEFAULT_PORT = 8007;

const PBS_MODELLED = {
  ...MODELLED,
  datastore: 'datastore',
  server: 'via',
  port: 'api.port of the PBS host',
  username: 'account',
  fingerprint: 'api.fingerprint of the PBS host',
  namespace: 'datastore',
  'encryption-key': 'encryption_fingerprint',
};
const WITHOUT = ['retention', 'options', 'path'] as const;
const WITHOUT_KEY = [...WITHOUT, 'encryption_fingerprint'] as const;

type DatastoreBacking = Extract<StorageBacking, { kind: 'datastore' }>;

export function pbsEntry(storage: Storage, { place, account, via }: DatastoreBacking): StorageEntry {
  const { spec, path, cluster } = storage;
  const { datastore } = place;
  const { host } = datastore;
  const isLocal = via.kind === 'local';
  if (isLocal && (host.cluster !== cluster || storage.nodes?.some(node => node !== host)))
    return failed(outOfReach(storage, host, 'the PBS'));
  const end = apiEnd(storage, host, via);
  if (end === undefined) return failed(noAddress(storage, host));
  const at = (key: keyof Storage['spec']) => [...path, key];
  const api = [...host.path, 'api'];
  const waiting = [...pendingFingerprint(storage, datastore.host), ...pendingKey(storage)];
  const unmade = pendingStore(storage, datastore);
  const { fingerprint: pinned, public_ca: isPublic } = host.spec.api ?? {};
  const fingerprint = isPublic === true || pinned === 'pending' ? undefined : pinned?.toLowerCase();
  return entryOf(storage, {
    type: 'pbs',
    properties: [
      property(
        'datastore',
        datastore.name,
        datastore.spec.name === undefined ? datastore.path : [...datastore.path, 'name'],
        at('datastore'),
      ),
      property('server', end.address, ...end.causes, at('via')),
      propertyAt('port', end.port === DEFAULT_PORT ? undefined : end.port, api, 'port'),
      property('username', account.spec.id, [...account.path, 'id'], at('account')),
      propertyAt('fingerprint', fingerprint, api, 'fingerprint'),
      propertyAt('namespace', place.namespace === '' ? undefined : place.namespace, path, 'datastore'),
      // Retention is the PBS's: a client that prunes by itself could empty what it may only fill.
      property('prune-backups', 'keep-all=1', path),
      propertyAt(
        'encryption-key',
        spec.encryption_key && spec.encryption_fingerprint,
        path,
        'encryption_fingerprint',
      ),
      commonProperties(
        storage,
        'backup',
        isLocal ? onlyOn(storage, host.key, at('via')) : declaredNodes(storage),
      ),
    ],
    modelled: PBS_MODELLED,
    without: spec.encryption_key === undefined ? WITHOUT_KEY : WITHOUT,
    diagnostics: waiting.map(({ diagnostic }) => diagnostic),
    withheld: [...waiting.map(({ withheld }) => withheld), ...unmade],
  });
}

/** What its PBS cannot make yet, PVE cannot use: it would log an error every ten seconds. */
function pendingStore({ cluster }: Storage, store: Datastore): Withheld[] {
  const at = pendingOf(store);
  if (at === undefined) return [];
  return [
    {
      target: cluster.target,
      path: '/etc/pve/storage.cfg',
      how: `Datastore \`${store.key}\` on \`${store.host.key}\` waits for a pending value: APPLY.md of \`${store.host.key}\` says how to get it.`,
      causes: [at],
    },
  ];
}

interface Pending {
  readonly diagnostic: Diagnostic;
  readonly withheld: Withheld;
}

function pendingFingerprint(
  { cluster }: Storage,
  { key, path, spec }: DatastoreBacking['place']['datastore']['host'],
): Pending[] {
  if (spec.api?.fingerprint !== 'pending' || spec.api.public_ca === true) return [];
  const at = [...path, 'api', 'fingerprint'];
  return [
    {
      diagnostic: {
        code: 'pending-value',
        severity: 'warning',
        message: `the fingerprint of \`${key}\` is pending: storage.cfg of \`${cluster.key}\` is not rendered`,
        place: atValue(at),
        help: `\`proxmox-backup-manager cert info\` on \`${key}\` prints it`,
      },
      withheld: {
        target: cluster.target,
        path: '/etc/pve/storage.cfg',
        how: `On \`${key}\` run \`proxmox-backup-manager cert info\`, write the SHA-256 fingerprint into the topology as its \`api.fingerprint\`, and render again.`,
        causes: [at],
      },
    },
  ];
}

/** Without the fingerprint in the file, PVE would back up in clear whenever the key file is missing. */
function pendingKey({ key, path, spec, cluster }: Storage): Pending[] {
  if (spec.encryption_key === undefined || spec.encryption_fingerprint !== undefined) return [];
  const at = [...path, 'encryption_key'];
  const how =
    'write the fingerprint that `proxmox-backup-client key show` prints as `encryption_fingerprint`';
  return [
    {
      diagnostic: {
        code: 'pending-value',
        severity: 'warning',
        message: `storage \`${key}\` has a key and no fingerprint of it: storage.cfg of \`${cluster.key}\` is not rendered`,
        place: atKey(at),
        help: how,
      },
      withheld: {
        target: cluster.target,
        path: '/etc/pve/storage.cfg',
        how: `Make the encryption key \`${spec.encryption_key}\` (the step is here), ${how} of storage \`${key}\`, and render again.`,
        causes: [at],
      },
    },
  ];
}
