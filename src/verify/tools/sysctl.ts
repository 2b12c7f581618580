/** `sysctl --dry-run` (sysctl(8)) knows the keys of the running kernel. */
import { eachFile, linesIn, lineWith, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

export const sysctl: Tool = {
  name: 'sysctl --dry-run',
  package: 'procps',
  programs: ['sysctl'],
  scope: 'text',
  wants: ({ artifact }) => artifact.path.startsWith('/etc/sysctl.d/'),
  judge: (files, world) => eachFile(files, file => judge(file, world)),
};

async function judge(file: JudgedFile, world: World): Promise<readonly Finding[]> {
  const run = await world.run(['sysctl', '--dry-run', '-p', file.copy]);
  if (run.status === undefined) return [unclear(file, run)];
  const findings = linesIn(run.stderr).map(message => {
    const number = /\((\d+)\): /.exec(message)?.[1];
    const key = /\/proc\/sys\/(\S+?):? /.exec(message)?.[1]?.replaceAll('/', '.') ?? '';
    return refused(
      file,
      message.replace(file.copy, ''),
      number === undefined ? lineWith(file, key) : Number(number),
    );
  });
  return findings.length === 0 && run.status !== 0 ? [unclear(file, run)] : findings;
}
