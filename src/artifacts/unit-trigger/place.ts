/** Where a share lies for the host that runs a flow on it. */
import { type Family, sourceOn } from '../../analyses/flow-ends.ts';
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Flow, Host, SharePlace } from '../../model/topology.ts';
import { type Word, word } from './unit-file.ts';

export interface LocalPlace {
  /** Absolute directory, without a final slash. */
  readonly directory: Word;
  /** What must be mounted there; undefined where the share is the host's own. */
  readonly mountpoint: Word | undefined;
}

/** The directory of `place` on `host`: its own path, or below the mount point of the share. */
export function localPlace({ share, directory, path }: SharePlace, host: Host): LocalPlace {
  if (share.host === host) {
    const own: TopologyPath = [...share.path, 'path'];
    return { directory: word(below(share.spec.path, directory), path, own), mountpoint: undefined };
  }
  const declared = share.spec.mountpoint;
  const at = declared === undefined ? share.path : [...share.path, 'mountpoint'];
  const mountpoint = declared ?? `/mnt/offsite/${share.key}`;
  return { directory: word(below(mountpoint, directory), path, at), mountpoint: word(mountpoint, at) };
}

/** The directory of `place` on the share's own host. */
export const placeOnHost = ({ share, directory, path }: SharePlace): Word =>
  word(below(share.spec.path, directory), path, [...share.path, 'path']);

export const below = (path: string, directory: string): string => {
  if (directory === '') return path;
  return path === '/' ? `/${directory}` : `${path}/${directory}`;
};

/** A host can use a share of another host only by NFS, and DSM mounts nothing for a script. */
export function unreachableShare(flow: Flow, { share, path }: SharePlace, host: Host): Diagnostic[] {
  if (share.host === host || (share.protocol === 'nfs' && host.takesFiles)) return [];
  const why = host.takesFiles
    ? `its protocol is \`${share.protocol}\``
    : `\`${host.key}\` is a NAS, where nothing mounts it`;
  return [
    {
      code: 'share-not-mounted',
      severity: 'error',
      message: `flow \`${flow.key}\` runs on \`${host.key}\`, which cannot read share \`${share.key}\` of \`${share.host.key}\`: ${why}`,
      place: atValue(path),
      related: [{ message: 'the share', place: atKey(share.path) }],
      help: `run it on \`${share.host.key}\`, or on a Linux host that mounts the share by NFS`,
    },
  ];
}

/** The address that the flow must leave from, where it is known. */
export function ownAddress(flow: Flow, host: Host, family: Family | undefined): Word | undefined {
  if (flow.via.kind === 'internet' || flow.via.kind === 'local') return undefined;
  const end = sourceOn(host, flow.via, family);
  return end === undefined ? undefined : word(end.address, ...end.causes, [...flow.path, 'via']);
}
