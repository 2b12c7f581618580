/** Directories below shares, as paths without a slash at either end; the empty one is the share itself. */
import type { Share, SharePlace } from '../model/topology.ts';

export function joinDirectories(first: string, second = ''): string {
  const a = stepsOf(first);
  const b = stepsOf(second);
  return a === '' || b === '' ? a + b : `${a}/${b}`;
}

function stepsOf(part: string): string {
  if (part === '') return '';
  const inner = part.startsWith('/') ? part.slice(1) : part;
  return LOOSE.test(inner) ? tightened(inner) : inner;
}

/** Empty steps and `.`, which most paths do not have. */
const LOOSE = /(?:^|\/)\.?(?:\/|$)/;
const tightened = (part: string): string =>
  part
    .split('/')
    .filter(step => step !== '' && step !== '.')
    .join('/');

/** Whether `inner` is `outer` or lies below it. */
export const isWithin = (inner: string, outer: string): boolean =>
  outer === '' || inner === outer || inner.startsWith(`${outer}/`);

export const directoryOf = ({ directory }: Pick<SharePlace, 'directory'>): string =>
  joinDirectories(directory);

/** Where PVE puts archives on a storage of this place (pve-storage `Storage/Plugin.pm`, content directory of backups). */
export const dumpDirectory = (place: Pick<SharePlace, 'directory'>): string =>
  joinDirectories(place.directory, 'dump');

/** Absolute path on the share's host. */
export const pathOnHost = (share: Share, directory: string): string =>
  `/${joinDirectories(share.spec.path, directory)}`;
