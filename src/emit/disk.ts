/**
 * The file system calls that `emit` makes, and no others: tests put a failing or dying disk in their place.
 * All are synchronous: on a cached tree asynchronous calls are several times slower.
 */
import fs from 'node:fs';

export type Disk = Pick<
  typeof fs,
  | 'closeSync'
  | 'fsyncSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmdirSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

export const realDisk: Disk = fs;
