/**
 * `systemd-analyze verify` (systemd-analyze(1)) of all units of a host together, since they name one another. Programs
 * that this machine lacks would fail the check and are replaced in the copy; units that the host already has, and that
 * get a drop-in, are played by a stub. Only silence is a pass: a mistake in a drop-in is a warning with exit status 0.
 */
import { basename } from 'node:path';
import { groupBy } from '../../multimap.ts';
import { linesIn, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

const PLACE = /^\/etc\/systemd\/system\/([^/]+)(?:\/([^/]+\.conf))?$/;
/** The program of a command line, after the prefixes of systemd.service(5). */
const PROGRAM = /^(\s*Exec[A-Z]\w*\s*=\s*[-@:+!|]*)(\/[^\s"']+)/gm;
const STUB = '[Service]\nExecStart=/bin/sh -c :\n';

export const systemdUnits: Tool = {
  name: 'systemd-analyze verify',
  package: 'systemd',
  programs: ['systemd-analyze'],
  scope: 'files',
  wants: ({ artifact }) => PLACE.test(artifact.path),
  async judge(files, world) {
    const hosts = groupBy(files, ({ artifact }) => artifact.target);
    // Many hosts have the same units: they are judged once.
    const different = new Map([...hosts.values()].map(group => [signature(group), group] as const));
    const findings = await Promise.all(
      [...different.values()].map((group, index) => judgeHost(group, index, world)),
    );
    return findings.flat();
  },
};

const signature = (files: readonly JudgedFile[]): string =>
  JSON.stringify(files.map(({ artifact, text }) => [artifact.path, text]));

async function judgeHost(
  files: readonly JudgedFile[],
  index: number,
  world: World,
): Promise<readonly Finding[]> {
  const copies = new Map<string, JudgedFile>();
  const units = new Set<string>();
  const stubs = new Set<string>();
  for (const file of files) {
    const [, unit = '', dropIn] = PLACE.exec(file.artifact.path) ?? [];
    const path = `units/${index}/${dropIn === undefined ? unit : `${unit}/${dropIn}`}`;
    copies.set(world.write(path, withStandIns(file.text, world)), file);
    if (dropIn === undefined) units.add(unit);
    else stubs.add(unit.slice(0, -'.d'.length));
  }
  for (const unit of stubs) if (!units.has(unit)) world.write(`units/${index}/${unit}`, STUB);
  const paths = [...new Set([...units, ...stubs])].map(unit => `${world.scratch}/units/${index}/${unit}`);
  const run = await world.run(['systemd-analyze', 'verify', '--man=no', ...paths]);
  const [first] = files;
  if (first === undefined) return [];
  if (run.status === undefined) return [unclear(first, run)];
  // Problems of a unit are repeated for every unit that refers to it.
  const said = [...new Set(linesIn(run.stderr))];
  const findings = said.flatMap(line => finding(line, copies));
  return findings.length === 0 && (run.status !== 0 || ours(said, world)) ? [unclear(first, run)] : findings;
}

const withStandIns = (text: string, world: World): string =>
  text.replace(PROGRAM, (all, head, program) => (world.find(program) === undefined ? `${head}/bin/sh` : all));

/** `FILE:LINE: message`, or `UNIT: message`. */
function finding(line: string, copies: ReadonlyMap<string, JudgedFile>): Finding[] {
  const [, path = '', number, message = ''] = /^(\/[^:]+(?::[^:\d][^:]*)*):(\d+): (.*)$/.exec(line) ?? [];
  const file = copies.get(path);
  if (file !== undefined) return [refused(file, message, Number(number))];
  const [, unit = '', about = ''] = /^([^\s:/]+\.[a-z]+): (.*)$/.exec(line) ?? [];
  const template = unit.replace(/@[^.]*\./, '@.');
  const owner = [...copies].find(([copy]) => basename(copy) === unit || basename(copy) === template)?.[1];
  return owner === undefined ? [] : [refused(owner, about)];
}

/** Complaints about units of this machine that ours refer to are not about what is rendered. */
const ours = (said: readonly string[], world: World): boolean =>
  said.some(line => !line.startsWith('/') || line.startsWith(world.scratch));
