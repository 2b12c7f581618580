/**
 * rclone reads nearly anything as a configuration file: a misspelt key is ignored. So its own reading is compared with the
 * list of back ends and of their options that it prints itself (`rclone config dump`, `rclone config providers`).
 */
import { eachFile, lineAt, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

type Backends = ReadonlyMap<string, ReadonlySet<string>>;

export const rclone: Tool = {
  name: 'rclone config',
  package: 'rclone',
  programs: ['rclone'],
  scope: 'text',
  wants: ({ artifact }) => artifact.path.endsWith('/rclone.conf'),
  async judge(files, world) {
    const [first] = files;
    if (first === undefined) return [];
    // The file must not be that of the user.
    const run = await world.run(['rclone', '--config', first.copy, 'config', 'providers']);
    const backends = run.status === 0 ? readBackends(run.stdout) : undefined;
    if (backends === undefined) return [unclear(first, run, 'did not list its back ends')];
    return eachFile(files, file => judge(file, backends, world));
  },
};

async function judge(file: JudgedFile, backends: Backends, world: World): Promise<readonly Finding[]> {
  const run = await world.run(['rclone', '--config', file.copy, 'config', 'dump']);
  if (run.status === undefined) return [unclear(file, run)];
  if (run.status !== 0) return [refused(file, run.stderr)];
  const remotes = readObject(run.stdout);
  if (remotes === undefined) return [unclear(file, run)];
  const declared = [...file.text.matchAll(/^\[(.*)\]$/gm)].map(({ 1: name = '', index }) => ({
    name,
    index,
  }));
  return declared.flatMap(({ name, index }) => {
    const line = lineAt(file.text, index);
    const remote = readObject(JSON.stringify(remotes[name]));
    if (remote === undefined) return [refused(file, `does not see remote ${name}`, line)];
    const options = backends.get(String(remote['type']));
    if (options === undefined) {
      const type = lineOfKey(file.text, index, 'type');
      return [refused(file, `has no back end of type ${JSON.stringify(remote['type'])}`, type)];
    }
    return Object.keys(remote)
      .filter(key => key !== 'type' && !options.has(key))
      .map(key =>
        refused(file, `has no option ${key} for ${remote['type']}`, lineOfKey(file.text, index, key)),
      );
  });
}

function lineOfKey(text: string, from: number, key: string): number {
  const lines = text.slice(from).split('\n');
  return (
    lineAt(text, from) +
    Math.max(
      0,
      lines.findIndex(line => line.split('=')[0]?.trim() === key),
    )
  );
}

function readBackends(text: string): Backends | undefined {
  try {
    const list = JSON.parse(text) as readonly { Name: string; Options: readonly { Name: string }[] | null }[];
    return new Map(
      list.map(({ Name, Options }) => [Name, new Set((Options ?? []).map(option => option.Name))]),
    );
  } catch {
    return undefined;
  }
}

function readObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
