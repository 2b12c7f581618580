/**
 * The file of one tunnel end (wg(8), wg-quick(8)). The private key is not in it: PostUp takes it from a file.
 * `Table = off`, since wg-quick fails as a whole when an AllowedIPs entry equals a connected network; the routes are
 * written out, with `replace` and the source address that the far side expects.
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Nic, Prefix, TunnelEnd } from '../../model/topology.ts';
import type { Fact } from '../artifact.ts';
import { factList } from '../facts.ts';
import { AWAIT_IPV6 } from '../tentative.ts';
import { type Peer, peersOf } from './peers.ts';

interface Setting {
  readonly key: string;
  readonly value: string;
}
export interface WireguardView {
  readonly interface: readonly Setting[];
  readonly peers: readonly { readonly name: string; readonly settings: readonly Setting[] }[];
}

export const KEY_DIRECTORY = '/etc/wireguard/keys';

/** @param end an end whose peers all have a public key. */
export function wireguardFile(end: TunnelEnd): { view: WireguardView; facts: readonly Fact[] } {
  const list = factList();
  const peers = peersOf(end);
  const own: Setting[] = [];
  const set = (key: string, value: string, causes: readonly TopologyPath[], counted: boolean): void => {
    own.push({ key, value });
    if (counted) list.next(`Interface/${key}`, value, causes);
    else list.one(`Interface/${key}`, value, causes);
  };
  for (const address of end.addresses)
    set('Address', `${address.address}/${address.length}`, [address.path], true);
  set(
    'ListenPort',
    String(end.port),
    [end.spec.port === undefined ? pathOf(end, 'port') : [...end.path, 'port']],
    false,
  );
  set('MTU', String(end.tunnel.mtu), [pathOf(end, 'mtu')], false);
  set('Table', 'off', [end.tunnel.path], false);
  for (const { value, causes } of upCommands(end, peers)) set('PostUp', value, causes, true);
  for (const { value, causes } of downCommands(peers)) set('PostDown', value, causes, true);
  const views = peers.map((peer, index) => {
    const settings: Setting[] = [];
    const add = (key: string, value: string, causes: readonly TopologyPath[]): void => {
      settings.push({ key, value });
      list.one(`Peer ${index}/${key}`, value, causes);
    };
    add('PublicKey', peer.end.publicKey ?? '', [[...peer.end.path, 'public_key']]);
    if (peer.end.endpoint !== undefined) add('Endpoint', peer.end.endpoint, [[...peer.end.path, 'endpoint']]);
    settings.push({ key: 'AllowedIPs', value: peer.allowed.map(allowed => allowed.text).join(', ') });
    for (const { text, causes } of peer.allowed) list.next(`Peer ${index}/AllowedIPs`, text, causes);
    if (end.keepalive !== undefined) {
      add('PersistentKeepalive', String(end.keepalive), [[...end.path, 'keepalive']]);
    }
    return { name: peer.end.key, settings };
  });
  return { view: { interface: own, peers: views }, facts: list.facts };
}

const pathOf = (end: TunnelEnd, key: 'port' | 'mtu'): TopologyPath =>
  end.tunnel.spec[key] === undefined ? end.tunnel.path : [...end.tunnel.path, key];

interface Command {
  readonly value: string;
  readonly causes: readonly TopologyPath[];
}

function upCommands(end: TunnelEnd, peers: readonly Peer[]): Command[] {
  const key: Command = {
    value: `wg set %i private-key ${KEY_DIRECTORY}/%i.key`,
    causes: [end.spec.private_key === undefined ? end.path : [...end.path, 'private_key']],
  };
  const shared =
    end.tunnel.spec.preshared_key === undefined ? [] : peers.map(peer => presharedCommand(end, peer));
  const networks = networksOf(peers);
  const ipv6 = ownAddress(end, 6);
  const awaited =
    ipv6 !== undefined && networks.some(({ prefix }) => prefix.family === 6)
      ? [{ value: AWAIT_IPV6, causes: [ipv6.path] }]
      : [];
  const routes = networks.map(({ prefix, causes }) => {
    const source = ownAddress(end, prefix.family);
    return {
      value: `ip -${prefix.family} route replace ${prefix.text} dev %i${source === undefined ? '' : ` src ${source.address}`}`,
      causes: source === undefined ? causes : [...causes, source.path],
    };
  });
  return [key, ...shared, ...awaited, ...routes];
}

const presharedCommand = (end: TunnelEnd, peer: Peer): Command => ({
  value: `wg set %i peer ${peer.end.publicKey ?? ''} preshared-key ${KEY_DIRECTORY}/%i.psk`,
  causes: [
    [...end.tunnel.path, 'preshared_key'],
    [...peer.end.path, 'public_key'],
  ],
});

const downCommands = (peers: readonly Peer[]): Command[] =>
  networksOf(peers).map(({ prefix, causes }) => ({
    value: `ip -${prefix.family} route del ${prefix.text} dev %i || true`,
    causes,
  }));

interface Network {
  readonly prefix: Pick<Prefix, 'family' | 'text'>;
  readonly causes: readonly TopologyPath[];
}

/** Networks behind the peers; the tunnel addresses themselves are on the connected transfer network. */
function networksOf(peers: readonly Peer[]): Network[] {
  return peers.flatMap(peer =>
    peer.allowed
      .filter(allowed => !/\/(?:32|128)$/.test(allowed.text))
      .map(({ text, causes }) => ({ prefix: { family: text.includes(':') ? 6 : 4, text }, causes })),
  );
}

/** Address of the end on the first VLAN that it carries: what the far side's AllowedIPs and key restrictions list. */
function ownAddress(end: TunnelEnd, family: 4 | 6) {
  for (const vlan of end.carries) {
    const nic: Nic | undefined = vlan.nics.find(candidate => candidate.host === end.host);
    const address = nic?.addresses.find(candidate => candidate.family === family);
    if (address) return address;
  }
  return undefined;
}
