/** wg-quick files: peers are known by their public key, lists have no order, the commands of the interface have one. */
import { readWireguard, type WireguardSection } from '../../formats/wireguard/read.ts';
import { parseAddress, parseCidr } from '../../net/address.ts';
import type { Normaliser, Section, Statement } from '../statement.ts';
import { property, singleBlanks, understood } from './build.ts';

export const wireguard: Normaliser = text => {
  const { sections, errors } = readWireguard(text);
  const peers = sections.filter(({ name }) => name === 'Peer');
  return understood(
    peers.map(sectionOf),
    sections.flatMap(section => statements(section)),
    errors,
  );
};

function sectionOf(peer: WireguardSection): Section {
  const name = peerName(peer);
  return { id: name, name, line: keyOf(peer)?.line ?? peer.line };
}

const keyOf = ({ settings }: WireguardSection) => settings.find(({ key }) => key === 'PublicKey');

const peerName = (peer: WireguardSection): string =>
  `Peer ${keyOf(peer)?.values[0] ?? `of line ${peer.line}`}`;

function statements(section: WireguardSection): readonly Statement[] {
  const isPeer = section.name === 'Peer';
  return section.settings.flatMap(({ key, values, kind, line }) =>
    values.flatMap(value => {
      const meaning = meaningOf(key, value);
      if (key === 'PublicKey' || meaning === undefined) return [];
      const one = { value, meaning, line };
      if (isPeer) return [property(peerName(section), key, one)];
      const said = { ...property('', `Interface/${key}`, one) };
      return [kind === 'command' || key === 'DNS' ? { ...said, ordered: true as const } : said];
    }),
  );
}

/** Undefined for what says nothing. */
function meaningOf(key: string, value: string): string | undefined {
  switch (key) {
    case 'AllowedIPs':
      return networkOf(value);
    case 'Address': {
      const cidr = parseCidr(value) ?? parseCidr(withLength(value));
      return cidr === undefined ? value : `${cidr.address.text}/${cidr.length}`;
    }
    case 'Endpoint':
      return value.toLowerCase();
    case 'PersistentKeepalive':
    case 'FwMark':
      return /^(?:off|0|0x0)$/i.test(value) ? undefined : value.toLowerCase();
    case 'SaveConfig':
      return value.toLowerCase() === 'false' ? undefined : value.toLowerCase();
    default:
      return singleBlanks(value);
  }
}

const networkOf = (value: string): string =>
  (parseCidr(value) ?? parseCidr(withLength(value)))?.network ?? value;

/** A lone address means itself. */
function withLength(value: string): string {
  const address = parseAddress(value);
  return address === undefined ? value : `${value}/${address.version === 4 ? 32 : 128}`;
}
