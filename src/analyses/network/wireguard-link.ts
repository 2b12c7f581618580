/** A WireGuard interface of a host: from its rendered file, or derived where the file is not rendered. */
import { peersOf } from '../../artifacts/wireguard/peers.ts';
import { wireguardFile } from '../../artifacts/wireguard/view.ts';
import { readWireguard, type WireguardSection, type WireguardSetting } from '../../formats/wireguard/read.ts';
import type { TunnelEnd } from '../../model/topology.ts';
import type { Cidr } from '../../net/address.ts';
import { type PrefixTable, prefixTable } from '../../net/longest-prefix.ts';
import type { Decision } from './decision.ts';
import { prefixOf } from './literal.ts';
import type { TextFile } from './text-file.ts';

export interface WireguardPeer {
  /** Undefined: no end of the tunnel has this public key. */
  readonly end: TunnelEnd | undefined;
  /** `host:port`; undefined: it waits to be called. */
  readonly endpoint: string | undefined;
  readonly decision: Decision;
}

export interface AllowedIp {
  readonly prefix: Cidr;
  readonly peer: WireguardPeer;
  readonly decision: Decision;
}

export interface WireguardLink {
  readonly end: TunnelEnd;
  /** Derived: not rendered, or withheld. */
  readonly assumed: boolean;
  readonly addresses: readonly Cidr[];
  readonly mtu: number;
  readonly mtuDecision: Decision;
  readonly peers: readonly WireguardPeer[];
  /** Cryptokey routing: by the longest prefix over all peers. */
  readonly allowed: PrefixTable<AllowedIp>;
  /** Commands that run when the interface comes up. */
  readonly commands: readonly Decision[];
  /** Networks that wg-quick routes by itself, where the file does not say `Table = off`. */
  readonly routed: readonly AllowedIp[];
}

export function readWireguardLink(end: TunnelEnd, { path: file, text }: TextFile): WireguardLink {
  const { sections } = readWireguard(text);
  const own = sections.filter(({ name }) => name === 'Interface').flatMap(({ settings }) => settings);
  const valuesOf = (key: string): Decision[] =>
    own.filter(setting => setting.key === key).flatMap(setting => decisionsOf(file, setting));
  const peers: WireguardPeer[] = [];
  const allowed: AllowedIp[] = [];
  for (const section of sections) {
    if (section.name !== 'Peer') continue;
    const peer = readPeer(end, file, section);
    peers.push(peer);
    for (const setting of section.settings.filter(({ key }) => key === 'AllowedIPs')) {
      for (const decision of decisionsOf(file, setting)) {
        const prefix = prefixOf(decision.text);
        if (prefix) allowed.push({ prefix, peer, decision: lineOf(setting, file) });
      }
    }
  }
  const mtu = valuesOf('MTU').at(-1);
  return {
    end,
    assumed: false,
    addresses: valuesOf('Address').flatMap(({ text: address }) => prefixOf(address) ?? []),
    mtu: mtu === undefined ? end.tunnel.mtu : Number(mtu.text),
    mtuDecision: mtu ? { ...mtu, text: `MTU = ${mtu.text}` } : { text: 'the default MTU', path: end.path },
    peers,
    allowed: cryptokeys(allowed),
    commands: valuesOf('PostUp'),
    routed: valuesOf('Table').some(({ text: table }) => table !== 'auto') ? [] : allowed,
  };
}

/** What the file would say: for hosts that others run, and for files that wait for a public key. */
export function derivedWireguardLink(end: TunnelEnd): WireguardLink {
  const external = !end.host.takesFiles;
  const peers: WireguardPeer[] = [];
  const allowed: AllowedIp[] = [];
  for (const one of peersOf(end)) {
    const peer = {
      end: one.end,
      endpoint: one.end.endpoint,
      decision: { text: `peer ${one.end.key}`, path: one.end.path },
    };
    peers.push(peer);
    for (const { text, causes } of one.allowed) {
      const prefix = prefixOf(text);
      const [path = end.path] = causes;
      if (prefix) allowed.push({ prefix, peer, decision: { text: `AllowedIPs = ${text}`, path } });
    }
  }
  const commands = external
    ? []
    : wireguardFile(end).view.interface.flatMap(({ key, value }) =>
        key === 'PostUp' ? [{ text: value, path: end.path }] : [],
      );
  return {
    end,
    assumed: true,
    addresses: end.addresses.flatMap(({ address, length }) => prefixOf(`${address}/${length}`) ?? []),
    mtu: end.tunnel.mtu,
    mtuDecision: { text: `MTU = ${end.tunnel.mtu}`, path: end.tunnel.path },
    peers,
    allowed: cryptokeys(allowed),
    commands,
    routed: external ? allowed : [],
  };
}

/** Of one network on two peers the later one wins (wg(8)). */
const cryptokeys = (allowed: readonly AllowedIp[]): PrefixTable<AllowedIp> =>
  prefixTable(allowed.toReversed().map(entry => [entry.prefix, entry] as const));

function readPeer(end: TunnelEnd, file: string, { settings, line }: WireguardSection): WireguardPeer {
  const settingOf = (key: string): string | undefined =>
    settings.findLast(setting => setting.key === key)?.values[0];
  const key = settingOf('PublicKey');
  return {
    end: end.tunnel.ends.find(other => other !== end && other.publicKey === key),
    endpoint: settingOf('Endpoint'),
    decision: { text: `[Peer] with PublicKey = ${key}`, at: { file, line } },
  };
}

const decisionsOf = (file: string, { values, line }: WireguardSetting): Decision[] =>
  values.map(text => ({ text, at: { file, line } }));

const lineOf = ({ key, values, line }: WireguardSetting, file: string): Decision => ({
  text: `${key} = ${values.join(', ')}`,
  at: { file, line },
});
