/**
 * The file system calls that `emit` makes, and no others: tests put a failing or dying disk in their place.
 * All are synchronous: on a cached tree asynchronous calls are several times slower.
 */
import {
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
  unlinkSync,
  writeFileSync,
} as const;

export type Disk = typeof realDisk;
