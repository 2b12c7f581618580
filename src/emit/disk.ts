/**
 * The file system calls that `emit` makes, and no others: tests put a failing or dying disk in their place.
 * All are synchronous: on a cached tree asynchronous calls are several times slower.
 */
import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

export const realDisk = {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} as const;

export type Disk = typeof realDisk;

/** A symbolic link in the last place of a path is not opened. Not defined on Windows. */
export const NOFOLLOW = constants.O_NOFOLLOW ?? 0;

/** Reads into `bytes` until they are full or the file ends, and gives what was read. */
export function fill(handle: number, bytes: Buffer, disk: Disk): Buffer {
  let done = 0;
  while (done < bytes.length) {
    const read = disk.readSync(handle, bytes, done, bytes.length - done, null);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}
