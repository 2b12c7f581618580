/**
 * Two judges of fstab. `findmnt --verify` (findmnt(8)) sees what is no line of six fields; what else it says is about
 * the disks of this machine. systemd-fstab-generator(8) is the program that reads the file at boot: it must make a unit
 * of every line, and say nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eachFile, linesIn, lineWith, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

const isFstab = ({ artifact }: JudgedFile): boolean => artifact.path === '/etc/fstab';
const FIELDS = /^\s*([^#\s]\S*)\s+(\S+)/;

export const findmnt: Tool = {
  name: 'findmnt --verify',
  package: 'util-linux',
  programs: ['findmnt'],
  scope: 'text',
  wants: isFstab,
  judge: (files, world) => eachFile(files, file => judgeByFindmnt(file, world)),
};

async function judgeByFindmnt(file: JudgedFile, world: World): Promise<readonly Finding[]> {
  if (entries(file).length === 0) return [];
  const run = await world.run(['findmnt', '--verify', '--tab-file', file.copy]);
  if (run.status === undefined) return [unclear(file, run)];
  const said = linesIn(`${run.stderr}\n${run.stdout}`);
  const findings = said.flatMap(line => {
    const number = /: parse error at line (\d+)/.exec(line)?.[1];
    return number === undefined ? [] : [refused(file, `parse error in line ${number}`, Number(number))];
  });
  if (findings.length > 0) return findings;
  // "Success, no errors or warnings detected", or a summary of what this machine lacks.
  return said.some(line => /^Success|^0 parse errors/.test(line)) ? [] : [unclear(file, run)];
}

const GENERATOR = '/lib/systemd/system-generators/systemd-fstab-generator';

export const fstabGenerator: Tool = {
  name: 'systemd-fstab-generator',
  package: 'systemd',
  programs: [GENERATOR],
  scope: 'text',
  wants: isFstab,
  judge: (files, world) => eachFile(files, (file, index) => judgeByGenerator(file, index, world)),
};

async function judgeByGenerator(file: JudgedFile, index: number, world: World): Promise<readonly Finding[]> {
  const out = dirname(world.write(`fstab/${index}/empty`, ''));
  const run = await world.run([GENERATOR, out, out, out], {
    SYSTEMD_FSTAB: file.copy,
    // Else the root file system of this machine becomes a unit.
    SYSTEMD_PROC_CMDLINE: 'root=/dev/none',
    SYSTEMD_LOG_TARGET: 'console',
    SYSTEMD_LOG_COLOR: '0',
  });
  if (run.status === undefined) return [unclear(file, run)];
  const complaints = linesIn(run.stderr).map(line => refused(file, line, lineOfMessage(file, line)));
  if (complaints.length > 0 || run.status !== 0)
    return complaints.length > 0 ? complaints : [unclear(file, run)];
  const made = new Set(
    readdirSync(out)
      .filter(name => name.endsWith('.mount'))
      .map(name => whereOf(join(out, name))),
  );
  return entries(file)
    .filter(({ where }) => !made.has(where))
    .map(({ where, line }) => refused(file, `makes no mount unit for ${where}`, line));
}

const whereOf = (unit: string): string => /^Where=(.*)$/m.exec(readFileSync(unit, 'utf8'))?.[1] ?? '';

const entries = ({ text }: JudgedFile) =>
  text.split('\n').flatMap((line, index) => {
    const where = FIELDS.exec(line)?.[2];
    // Blanks are written in octal: fstab(5).
    return where === undefined ? [] : [{ where: where.replaceAll('\\040', ' '), line: index + 1 }];
  });

/** The line of a mount point that a message names. */
const lineOfMessage = (file: JudgedFile, message: string): number | undefined =>
  entries(file).find(({ where }) => message.includes(where))?.line ??
  lineWith(file, /: (\S+)$/.exec(message)?.[1] ?? '');
