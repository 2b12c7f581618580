/**
 * Two judges of a relay client: `postconf -n` (postconf(1)) reads `main.cf`, and `postmap -q` (postmap(1)) looks something
 * up in a `texthash:` table. Unknown parameters and malformed lines are warnings with exit status 0, so silence counts.
 */
import { basename, dirname } from 'node:path';
import { eachFile, linesIn, lineWith, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

export const postconf: Tool = {
  name: 'postconf -n',
  package: 'postfix',
  programs: ['postconf'],
  scope: 'text',
  wants: ({ artifact }) => artifact.path === '/etc/postfix/main.cf',
  judge: (files, world) => eachFile(files, (file, index) => judgeMain(file, index, world)),
};

async function judgeMain(file: JudgedFile, index: number, world: World): Promise<readonly Finding[]> {
  const copy = world.write(`postfix/${index}/main.cf`, file.text);
  // Without services it would be said that there is no such file.
  world.write(`postfix/${index}/master.cf`, '');
  const run = await world.run(['postconf', '-c', dirname(copy), '-n']);
  if (run.status === undefined) return [unclear(file, run)];
  const findings = linesIn(run.stderr).map(message => complaint(message, file));
  return findings.length === 0 && run.status !== 0 ? [unclear(file, run)] : findings;
}

export const postmap: Tool = {
  name: 'postmap -q',
  package: 'postfix',
  programs: ['postmap'],
  scope: 'text',
  wants: ({ artifact }) => artifact.kind === 'postfix-map',
  judge: (files, world) => eachFile(files, (file, index) => judgeTable(file, index, world)),
};

async function judgeTable(file: JudgedFile, index: number, world: World): Promise<readonly Finding[]> {
  const main = world.write(`postmap/${index}/main.cf`, '');
  const run = await world.run(['postmap', '-c', dirname(main), '-q', 'no-such-key', `texthash:${file.copy}`]);
  if (run.status === undefined) return [unclear(file, run)];
  // Said once for each time that the table is opened.
  const said = [...new Set(linesIn(run.stderr))];
  // Nothing found is status 1.
  return said.length === 0 && run.status > 1
    ? [unclear(file, run)]
    : said.map(message => complaint(message, file));
}

function complaint(message: string, file: JudgedFile): Finding {
  const number = /, line (\d+)[,:]/.exec(message)?.[1];
  const key = /unused parameter: (\S+?)=/.exec(message)?.[1] ?? '';
  const short = message
    .replace(/\S*\/(?=[^/\s]+[,:] )/, '')
    .replace(basename(file.copy), basename(file.artifact.path));
  return refused(file, short, number === undefined ? lineWith(file, `${key}=`) : Number(number));
}
