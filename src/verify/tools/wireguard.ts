/**
 * `wg-quick strip` and `wg setconf`: wg-quick(8), wg(8). There is no mode that only checks, but `setconf` reads the file
 * before it looks for the interface, and an interface of this name does not exist: what it says tells how far it came.
 */
import { eachFile, linesIn, lineWith, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

const NO_INTERFACE = 'offsite-nowhere';
/** Names are looked up while the file is read, which takes a network: an address of RFC 5737 stands in. */
const NAMED_ENDPOINT = /^(\s*Endpoint\s*=\s*)(?![0-9.]+:|\[)[^:\s]+/gim;
/** Printed whenever all of the file was understood. */
const READ = /^Unable to (?:modify|access) interface/;

export const wireguard: Tool = {
  name: 'wg-quick strip, wg setconf',
  package: 'wireguard-tools',
  programs: ['wg', 'wg-quick'],
  root: true,
  scope: 'text',
  wants: ({ artifact }) => /^\/etc\/wireguard\/[^/]+\.conf$/.test(artifact.path),
  judge: (files, world) => eachFile(files, (file, index) => judge(file, index, world)),
};

async function judge(file: JudgedFile, index: number, world: World): Promise<readonly Finding[]> {
  const name = file.artifact.path.slice('/etc/wireguard/'.length);
  const copy = world.write(`wireguard/${index}/${name}`, file.text.replace(NAMED_ENDPOINT, '$1192.0.2.1'));
  const strip = await world.runAsRoot(['wg-quick', 'strip', copy]);
  if (strip.status === undefined) return [unclear(file, strip)];
  if (strip.status !== 0) return [refused(file, strip.stderr)];
  const stripped = world.write(`wireguard/${index}/stripped`, strip.stdout);
  const set = await world.run(['wg', 'setconf', NO_INTERFACE, stripped], {
    WG_ENDPOINT_RESOLUTION_RETRIES: '0',
  });
  if (set.status === undefined) return [unclear(file, set)];
  const said = [...linesIn(strip.stderr), ...linesIn(set.stderr)];
  const complaints = said.filter(line => !READ.test(line) && line !== 'Configuration parsing error');
  if (complaints.length > 0) return complaints.map(line => refused(file, line, lineOf(file, quoted(line))));
  return said.some(line => READ.test(line)) ? [] : [unclear(file, set)];
}

/** The line of a key with its value, of a value, or of a part of one. */
const lineOf = (file: JudgedFile, what: string): number | undefined =>
  lineWith(file, what, line => line.endsWith(`=${what}`)) ?? lineWith(file, what);

/** What a message quotes of the file: between a backquote and an apostrophe, or after a colon. */
const quoted = (message: string): string =>
  /`(.*)'/.exec(message)?.[1] ?? /: (\S+)$/.exec(message)?.[1] ?? '';
