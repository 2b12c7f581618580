/**
 * What the measurements of one size need: topologies, output trees and an archive, all in a directory in memory. Each
 * part is made when it is first asked for.
 */
import { cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { type SyntheticOptions, writeSynthetic } from '../generate.ts';
import { MOST_FLOWS_PER_HOST } from '../synthetic/layout.ts';
import { nodeTime, wallTime } from './child.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const OFFSITE = join(ROOT, 'dist/offsite.cjs');
export const EMPTY = join(ROOT, 'bench/yardstick/empty.cjs');
export const FLOOR = join(ROOT, 'bench/yardstick/floor.cjs');
export const RULES = join(ROOT, 'bench/yardstick/rules.ts');
export const YAML = join(ROOT, 'bench/yardstick/yaml.cjs');

/** `root`: the topology of the repository. Otherwise so many synthetic hosts. */
export type Size = 'root' | number;

export interface Stage {
  readonly topology: string;
  /** The same topology with one line changed. */
  readonly changed: string;
  /** As `topology`, with the most flows for each host. */
  readonly manyFlows: string;
  /** As `manyFlows`, with something to find at nearly every host. */
  readonly weakSpots: string;
  /** Output tree of `topology`, up to date. */
  readonly out: string;
  readonly copy: string;
  readonly archive: string;
  /** Tree that is rendered from the one and the other topology by turns. */
  readonly turning: string;
  /** The parser of offsite alone. */
  readonly parser: string;
  /** A directory that does not exist yet, below an existing one. */
  fresh(): string;
  /** With that share of the hosts: growth is measured in one round, since a machine changes from one size to the next. */
  part(share: number): Stage;
}

/** Memory file system where there is one: a disk would be measured instead of the program. */
export function makeWorkDirectory(): string {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return mkdtempSync(join(memory, 'offsite-bench-'));
}

export function stageOf(size: Size, work: string): Stage {
  const at = (name: string): string => join(work, `${size}-${name}`);
  const made = new Set<string>();
  const once = (path: string, make: () => void): string => {
    if (!made.has(path)) make();
    made.add(path);
    return path;
  };
  const synthetic = (name: string, options: Omit<SyntheticOptions, 'hosts'> = {}): string =>
    once(at(name), () => writeSynthetic(at(name), { hosts: Number(size), ...options }));
  const parts = new Map<number, Stage>();
  const flowsPerHost = MOST_FLOWS_PER_HOST;
  return {
    get topology() {
      return size === 'root' ? join(ROOT, 'topology.yaml') : synthetic('topology.yaml');
    },
    get changed() {
      return synthetic('changed.yaml', { oneLineChange: true });
    },
    get manyFlows() {
      return synthetic('many-flows.yaml', { flowsPerHost });
    },
    get weakSpots() {
      return synthetic('weak-spots.yaml', { flowsPerHost, weakSpots: true });
    },
    get out() {
      return once(at('out'), () => nodeTime(OFFSITE, 'render', ...files(this.topology, at('out'))));
    },
    get copy() {
      return once(at('copy'), () => cpSync(this.out, at('copy'), { recursive: true }));
    },
    get archive() {
      return once(at('out.tar'), () => wallTime('tar', ['cf', at('out.tar'), '-C', this.out, '.']));
    },
    get turning() {
      return once(at('turning'), () => cpSync(this.out, at('turning'), { recursive: true }));
    },
    get parser() {
      return once(at('parse.cjs'), () => bundleParser(at('parse.cjs')));
    },
    fresh() {
      rmSync(at('fresh'), { recursive: true, force: true });
      return at('fresh');
    },
    part(share) {
      const part = parts.get(share) ?? stageOf(Number(size) * share, work);
      parts.set(share, part);
      return part;
    },
  };
}

export const files = (topology: string, out: string): readonly string[] => [
  '--topology',
  topology,
  '--out',
  out,
];

function bundleParser(outfile: string): void {
  const entryPoints = [join(ROOT, 'bench/yardstick/parse.ts')];
  buildSync({
    entryPoints,
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  });
}

/** Identity and time of change of every file below a directory: what differs afterwards was written. */
export function stamps(directory: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const { ino, mtimeNs } = lstatSync(path, { bigint: true });
    found.set(path, `${ino} ${mtimeNs}`);
  }
  return found;
}

export function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): number {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(path => before.get(path) !== after.get(path)).length;
}
