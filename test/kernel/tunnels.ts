/** Starts the tunnels of a world with the real tools, from the rendered files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TunnelEnd } from '../../src/model/topology.ts';
import { wireguardKeys } from './keys.ts';
import { mustRunIn, runIn } from './namespaces.ts';
import { noteTunnel, tunnelFiles } from './rendered.ts';
import type { World } from './world.ts';

/** `wg-quick up` with the rendered files; ends behind NAT last, since they call the others. */
export async function startTunnels(world: World, privateKeys: ReadonlyMap<string, string>): Promise<void> {
  const ends = [...world.topology.tunnels.values()]
    .filter(tunnel => tunnel.state === 'active')
    .flatMap(tunnel => tunnel.ends.filter(end => end.host.state === 'active'));
  // A pending key is made on the host; its peers do not know it yet.
  const keyOf = (end: TunnelEnd): string =>
    privateKeys.get(end.publicKey ?? '') ?? wireguardKeys().privateKey;
  for (const calling of [false, true]) {
    const now = ends.filter(end => (end.keepalive !== undefined) === calling);
    await Promise.all(now.map(end => startEnd(world, end, keyOf(end))));
  }
  await Promise.all(ends.map(end => greet(world, end)));
}

/** The same preshared key for all: only that it is read from its file matters. */
const PRESHARED_KEY = Buffer.alloc(32, 7).toString('base64');

async function startEnd({ files, host }: World, end: TunnelEnd, privateKey: string): Promise<void> {
  const namespace = host(end.host.key);
  const place = (path: string, text: string): void => {
    const file = join(namespace.root, 'etc/wireguard', path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600 });
  };
  const note = files.get(`_external/${end.host.key}.md`);
  const rendered = tunnelFiles(files, end.host.key).find(file => file.interface === end.interface)?.text;
  const text = rendered ?? (note && noteTunnel(note, privateKey, PRESHARED_KEY));
  // Withheld while the public key of a peer is pending.
  if (text === undefined) return;
  place(`${end.interface}.conf`, text);
  place(`keys/${end.interface}.key`, `${privateKey}\n`);
  place(`keys/${end.interface}.psk`, `${PRESHARED_KEY}\n`);
  await mustRunIn(namespace, ['wg-quick', 'up', end.interface]);
}

const ROUNDS = 100;

/** Starts the handshake with some peers and waits for it; a tunnel may stay dead. */
async function greet({ host }: World, end: TunnelEnd): Promise<void> {
  const namespace = host(end.host.key);
  const greeted = end.peers.filter(peer => greets(end, peer));
  const packets = greeted.map(peer => `echo >/dev/udp/${peer.addresses[0]?.address}/9`);
  await runIn(namespace, ['bash', '-c', packets.join('\n')]);
  const keys = new Set(greeted.map(peer => peer.publicKey));
  for (let round = 0; round < ROUNDS; round += 1) {
    const { stdout } = await runIn(namespace, ['wg', 'show', end.interface, 'latest-handshakes']);
    const waiting = stdout.split('\n').filter(line => line.endsWith('\t0') && keys.has(line.split('\t')[0]));
    if (waiting.length === 0) return;
    await new Promise(later => setTimeout(later, 60));
  }
}

/** One of the two only: when both start at the same moment, both handshakes fail, and the next try is after 5 s. */
function greets(end: TunnelEnd, peer: TunnelEnd): boolean {
  if (peer.endpoint === undefined) return false;
  if ((end.keepalive === undefined) !== (peer.keepalive === undefined)) return end.keepalive !== undefined;
  return end.endpoint === undefined || end.host.key < peer.host.key;
}
