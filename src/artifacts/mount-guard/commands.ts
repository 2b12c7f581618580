/** Commands around a mount point. A bare one is immutable: what should go to the mount cannot land on the disk below. */
import { shellWord } from '../../formats/shell/quote.ts';

/** One shell word. Everything that goes through here is printable ASCII by the schema. */
export const word = (value: string): string => shellWord(value) ?? "''";

/**
 * Makes a bare mount point, then mounts: it exists, is empty and immutable. Nothing is done while something is mounted
 * there, nor while files lie in it, which the mount would hide. `chattr` needs a file system that knows the flag (ext4,
 * xfs, btrfs and zfs do, NFS and overlay do not).
 *
 * @param mount the command that mounts it.
 */
export function guardedMount(path: string, mount: string): string {
  const at = word(path);
  const full = word(`${path} holds files on the disk below: move them away, then run this again`);
  const mutable = word(
    `${path} stays writable while nothing is mounted: no immutable flag on this file system`,
  );
  return [
    `if ! mountpoint -q ${at}; then`,
    `  mkdir -p ${at}`,
    `  if [ -n "$(ls -A ${at})" ]; then`,
    `    echo ${full} >&2`,
    '  else',
    `    chattr +i ${at} || echo ${mutable} >&2`,
    `    ${mount}`,
    '  fi',
    'fi',
  ].join('\n');
}

/** Takes the flag away again; only from the bare directory, never from what is mounted. */
export const releaseMountpoint = (path: string): string =>
  `mountpoint -q ${word(path)} || chattr -i ${word(path)} || true`;
