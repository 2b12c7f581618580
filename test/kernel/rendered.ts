/** What of the rendered files is put on a host, and how its tools would read it. */

import type { OutFile } from '../../src/emit/change.ts';
import { splitExec } from '../../src/formats/systemd-unit/exec.ts';

/** Texts below out/, by path. */
export type RenderedFiles = ReadonlyMap<string, string>;

export const renderedFiles = (files: readonly OutFile[]): RenderedFiles =>
  new Map(files.map(({ path, text }) => [path, text]));

/** The file that goes to `path` on the host. */
export const fileOn = (files: RenderedFiles, host: string, path: string): string | undefined =>
  files.get(`${host}/root${path}`);

/** Names and texts of the tunnels' files on a host. */
export function tunnelFiles(
  files: RenderedFiles,
  host: string,
): readonly { interface: string; text: string }[] {
  const folder = `${host}/root/etc/wireguard/`;
  return [...files]
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.conf'))
    .map(([path, text]) => ({ interface: path.slice(folder.length, -'.conf'.length), text }));
}

/** Shell commands of the `up` lines of interfaces(5). */
export const upLines = (text: string): string[] =>
  [...text.matchAll(/^\s+up (.*)$/gm)].map(([, command]) => command ?? '');

/** The route commands that somebody types who follows the note for a host that takes no files. */
export const noteRoutes = (note: string): string[] =>
  [...note.matchAll(/^(\S+) via (\S+) \(interface (\S+), own address \S+\)$/gm)].map(
    ([, destination = '', gateway, nic]) =>
      `ip -${destination.includes(':') ? 6 : 4} route replace ${destination} via ${gateway} dev ${nic}`,
  );

/** The block of WireGuard settings in a note, with the keys that its owner adds because the note says so. */
export function noteTunnel(note: string, privateKey: string, presharedKey: string): string | undefined {
  const block = /```ini\n(\[Interface\]\n[^`]*)```/.exec(note)?.[1];
  const own = block?.replace('[Interface]\n', `[Interface]\nPrivateKey = ${privateKey}\n`);
  if (!note.includes('`PresharedKey`')) return own;
  return own?.replaceAll('[Peer]\n', `[Peer]\nPresharedKey = ${presharedKey}\n`);
}

export const noteForwards = (note: string): boolean => note.includes('Forwarding on ');

/** Commands of the drop-in's ExecReload=, as systemd would run them for one instance. */
export function reloadCommands(dropIn: string, instance: string): string[][] {
  const commands: string[][] = [];
  for (const [, value = ''] of dropIn.matchAll(/^ExecReload=(.*)$/gm)) {
    if (value === '') commands.length = 0;
    const known = value.replace(/%%|%i/g, specifier => (specifier === '%i' ? instance : specifier));
    const { commands: split, error } = splitExec(known);
    if (error !== undefined) throw new Error(error);
    for (const { path, args } of split) commands.push([path.text, ...args.map(({ text }) => text)]);
  }
  return commands;
}
