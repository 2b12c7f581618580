/** Everything that can be measured of one size: times in milliseconds, memory in MiB, counts of files. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeMemory, nodeTime, printedNumber, wallTime } from './child.ts';
import { differing, EMPTY, FLOOR, files, OFFSITE, RULES, type Stage, stamps, YAML } from './stage.ts';

export type Quantity = keyof typeof QUANTITIES;

export const QUANTITIES = {
  bare: () => nodeTime(EMPTY),
  help: () => nodeTime(OFFSITE, '--help'),
  version: () => nodeTime(OFFSITE, '--version'),
  check: stage => checkTime(stage),
  'check at a tenth': stage => checkTime(stage.part(1 / 10)),
  'check at a half': stage => checkTime(stage.part(1 / 2)),
  unchanged: stage => nodeTime(OFFSITE, 'render', ...files(stage.topology, stage.out)),
  fresh: stage => nodeTime(OFFSITE, 'render', ...files(stage.topology, stage.fresh())),
  yaml: stage => nodeTime(YAML, stage.topology),
  parse: stage => nodeTime(stage.parser, stage.topology),
  diff: stage => wallTime('diff', ['-rq', stage.out, stage.copy]),
  tar: stage => {
    const directory = stage.fresh();
    mkdirSync(directory);
    return wallTime('tar', ['xf', stage.archive, '-C', directory]);
  },
  /** What `floor.cjs` says that cannot be left out. */
  'reading alone': stage => nodeTime(FLOOR, 'read', stage.out),
  'writing alone': stage => printedNumber(FLOOR, 'write', stage.out, stage.fresh()),
  turned: stage => nodeTime(OFFSITE, 'render', ...files(other(stage), stage.turning)),
  'yaml of many flows': stage => nodeTime(YAML, stage.manyFlows),
  /** Without what grows faster than the text. */
  'linear yaml of many flows': stage => nodeTime(YAML, stage.manyFlows, 'equal keys'),
  'rules on many flows': stage => printedNumber(RULES, stage.manyFlows),
  'rules on many flows at a tenth': stage => printedNumber(RULES, stage.part(1 / 10).manyFlows),
  'rules on weak spots': stage => printedNumber(RULES, stage.weakSpots),
  'rules on weak spots at a tenth': stage => printedNumber(RULES, stage.part(1 / 10).weakSpots),
  'bare memory': () => nodeMemory(EMPTY),
  'check memory': stage => nodeMemory(OFFSITE, 'check', ...files(stage.topology, stage.out)),
  /** Files that a render without a change writes. */
  rewritten: stage => {
    const before = stamps(stage.out);
    nodeTime(OFFSITE, 'render', ...files(stage.topology, stage.out));
    return differing(before, stamps(stage.out));
  },
  /** Files that a render after a change of one line writes beyond those whose text differs. */
  'written beyond the change': stage => {
    const before = stamps(stage.turning);
    const texts = new Map([...before.keys()].map(path => [path, readFileSync(path)]));
    nodeTime(OFFSITE, 'render', ...files(other(stage), stage.turning));
    const after = stamps(stage.turning);
    const same = (path: string): boolean =>
      existsSync(path) && texts.get(path)?.equals(readFileSync(path)) === true;
    const changed = [...after.keys()].filter(path => !same(path)).length;
    if (changed === 0) throw new Error('the change of one line changed no file');
    return differing(before, after) - changed;
  },
} satisfies Record<string, (stage: Stage) => number>;

function checkTime({ topology, out }: Stage): number {
  return nodeTime(OFFSITE, 'check', ...files(topology, out));
}

/** The topology that the turning tree was not made from. */
function other(stage: Stage): string {
  const manifest = (out: string): string => readFileSync(join(out, 'manifest.json'), 'utf8');
  return manifest(stage.turning) === manifest(stage.out) ? stage.changed : stage.topology;
}
