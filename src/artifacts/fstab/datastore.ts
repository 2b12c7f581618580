/** The mount below a datastore. Removable and S3 datastores have none of ours: PBS mounts the former itself. */
import { atValue, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Backing, Datastore, Share, Via } from '../../model/topology.ts';
import type { Mount } from './mount.ts';
import { nfsServer, nfsSource } from './nfs-server.ts';
import { diskOptions, iscsiOptions, mergeOptions, nfsOptions, nfsType, type OwnOptions } from './options.ts';

export interface DatastoreMount {
  /** Undefined: it needs none, or an error says why there is none. */
  readonly mount: Mount | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const none: DatastoreMount = { mount: undefined, diagnostics: [] };

export function datastoreMount(datastore: Datastore): DatastoreMount {
  const { backing, spec } = datastore;
  switch (backing.kind) {
    case 'disk': {
      const fs = spec.disk?.fs ?? 'ext4';
      return deviceMount(datastore, backing, fs, diskOptions(fs), fs === 'ext4' ? '2' : '0');
    }
    case 'iscsi': {
      const fs = spec.iscsi?.fs ?? 'ext4';
      return deviceMount(datastore, backing, fs, iscsiOptions(fs), '0');
    }
    case 'nfs':
      return nfsMount(datastore, backing.share, backing.via);
    default:
      return none;
  }
}

function deviceMount(
  datastore: Datastore,
  backing: Extract<Backing, { kind: 'disk' | 'iscsi' }>,
  fs: string,
  own: OwnOptions,
  pass: Mount['pass'],
): DatastoreMount {
  const { kind, uuid } = backing;
  const at = [...datastore.path, kind];
  const declared = datastore.spec[kind];
  const { options, diagnostics, causes } = optionsOf(datastore, kind, own, declared?.options);
  const elsewhere = kind === 'disk' && datastore.spec.disk?.mountpoint !== undefined;
  return {
    mount: {
      host: datastore.host,
      use: kind,
      datastores: [datastore],
      share: undefined,
      source: uuid === undefined ? undefined : `UUID=${uuid}`,
      mountpoint: kind === 'disk' ? backing.mountpoint : datastore.spec.path,
      type: fs,
      options,
      pass,
      causes: {
        object: datastore.path,
        source: [[...at, 'uuid']],
        mountpoint: elsewhere ? [...at, 'mountpoint'] : [...datastore.path, 'path'],
        type: [declared?.fs === undefined ? at : [...at, 'fs']],
        options: causes,
      },
    },
    diagnostics,
  };
}

function nfsMount(datastore: Datastore, share: Share, via: Via): DatastoreMount {
  const at = [...datastore.path, 'nfs'];
  const { host } = datastore;
  if (share.host === host || share.protocol !== 'nfs') {
    const why =
      share.host === host ? 'is on the same host' : `has protocol \`${share.protocol}\` and not \`nfs\``;
    const diagnostic: Diagnostic = {
      code: 'share-not-mountable',
      severity: 'error',
      message: `datastore \`${datastore.key}\` lies on share \`${share.key}\`, which ${why}`,
      place: atValue([...at, 'from']),
      related: [{ message: 'the share', place: atValue(share.path) }],
      help:
        share.host === host ? 'leave `nfs` out and let `path` name the directory' : 'export the share by NFS',
    };
    return { mount: undefined, diagnostics: [diagnostic] };
  }
  const found = nfsServer(host, share.host, via);
  if (found === undefined) {
    const diagnostic: Diagnostic = {
      code: 'no-address-on-via',
      severity: 'error',
      message: `\`${share.host.key}\` has no known address on \`${via.text}\`, where datastore \`${datastore.key}\` must be mounted from`,
      place: atValue([...at, 'via']),
      help: `give \`${share.host.key}\` a NIC with an address on that network`,
    };
    return { mount: undefined, diagnostics: [diagnostic] };
  }
  const { options, diagnostics, causes } = optionsOf(
    datastore,
    'nfs',
    nfsOptions,
    datastore.spec.nfs?.options,
  );
  return {
    mount: {
      host,
      use: 'nfs',
      datastores: [datastore],
      share,
      source: nfsSource(found.server, share),
      mountpoint: datastore.spec.path,
      type: nfsType(options),
      options,
      pass: '0',
      ...(found.client === undefined ? {} : { clientAddress: found.client.address }),
      causes: {
        object: datastore.path,
        source: [
          ...found.server.causes,
          [...at, 'via'],
          [...share.path, share.spec.export === undefined ? 'path' : 'export'],
        ],
        mountpoint: [...datastore.path, 'path'],
        type: causes,
        options: causes,
      },
    },
    diagnostics,
  };
}

function optionsOf(
  datastore: Datastore,
  kind: 'disk' | 'iscsi' | 'nfs',
  own: OwnOptions,
  user: string | undefined,
) {
  const { options, contradictions, refused } = mergeOptions(own, user);
  const at = user === undefined ? [...datastore.path, kind] : [...datastore.path, kind, 'options'];
  const diagnostics: Diagnostic[] = [
    ...contradictions.map(
      ([one, other]): Diagnostic => ({
        code: 'contradictory-mount-options',
        severity: 'error',
        message: `mount options \`${one}\` and \`${other}\` of datastore \`${datastore.key}\` contradict each other`,
        place: atValue(at),
      }),
    ),
    ...refused.map(
      (option): Diagnostic => ({
        code: 'mount-option-refused',
        severity: 'error',
        message: `mount option \`${option}\` is not one for datastore \`${datastore.key}\``,
        place: atValue(at),
        help: 'a datastore is mounted at boot, before PBS, and writable',
      }),
    ),
  ];
  return { options, diagnostics, causes: [at] };
}
