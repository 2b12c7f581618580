/**
 * Two judges of what is rendered for SSH: `ssh -G` (ssh(1)) evaluates the options of a transfer without a connection, and
 * `ssh-keygen -lf` (ssh-keygen(1)) reads public keys one by one.
 */
import { eachFile, lineAt, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

/** In a unit, and in a script for a NAS. */
const OPTIONS = /^(?:Environment="RSYNC_RSH=(\S+) (.*)"|RSYNC_RSH='(\S+) (.*)')$/gm;

export const sshOptions: Tool = {
  name: 'ssh -G',
  package: 'openssh-client',
  programs: ['ssh'],
  scope: 'text',
  wants: ({ text, artifact }) => artifact.folder !== 'doc' && text.includes('RSYNC_RSH='),
  judge: (files, world) => eachFile(files, file => judgeOptions(file, world)),
};

async function judgeOptions(file: JudgedFile, world: World): Promise<readonly Finding[]> {
  const found = [...file.text.matchAll(OPTIONS)];
  const identity = world.write('ssh/identity', '');
  const runs = found.map(async ({ 2: unit, 4: script, index }) => {
    // The key is on the host only. `-T`: there is no terminal, which would be said.
    const words = (unit ?? script ?? '').replace(/ -i \S+/, ` -i ${identity}`).split(' ');
    const run = await world.run(['ssh', ...words, '-T', '-G', 'host.invalid']);
    if (run.status === undefined) return [unclear(file, run)];
    if (run.status === 0 && run.stderr === '') return [];
    return [refused(file, run.stderr, lineAt(file.text, index))];
  });
  const findings = (await Promise.all(runs)).flat();
  if (found.length > 0) return findings;
  return [{ kind: 'unclear', file, message: 'RSYNC_RSH is not written as expected' }];
}

const KEY = /(?<![\w-])((?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]+) (AAAA[A-Za-z0-9+/]*=*)(?![\w+/=-])/g;

export const sshKeys: Tool = {
  name: 'ssh-keygen -l',
  package: 'openssh-client',
  programs: ['ssh-keygen'],
  scope: 'text',
  wants: ({ text }) => text.search(KEY) >= 0,
  judge: judgeKeys,
};

/** Each key once, in a file of its own: of several keys in a file it skips those that it cannot read. */
async function judgeKeys(files: readonly JudgedFile[], world: World): Promise<readonly Finding[]> {
  const places = new Map<string, { readonly file: JudgedFile; readonly line: number }>();
  for (const file of files) {
    for (const { 0: key, index } of file.text.matchAll(KEY)) {
      if (!places.has(key)) places.set(key, { file, line: lineAt(file.text, index) });
    }
  }
  const runs = [...places].map(async ([key, { file, line }], index) => {
    const run = await world.run(['ssh-keygen', '-l', '-f', world.write(`keys/${index}`, `${key}\n`)]);
    if (run.status === undefined) return [unclear(file, run)];
    return run.status === 0 ? [] : [refused(file, `no public key: ${key.slice(0, 60)}`, line)];
  });
  return (await Promise.all(runs)).flat();
}
