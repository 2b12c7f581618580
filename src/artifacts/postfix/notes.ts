/** What the relay must allow, and what hosts that take no files from here must be told. */
import { sourceOn } from '../../analyses/flow-ends.ts';
import { type MailRelay, mailRelayOf } from '../../analyses/mail-relay.ts';
import type { Cluster, Host, Notification, Topology } from '../../model/topology.ts';
import type { ExternalNote } from '../lowering.ts';
import type { HostsRelay } from './relay.ts';

interface NamedRelay {
  readonly notification: Notification;
  readonly relay: MailRelay;
  /** Of its note below `_external/`: the key of a host that is known, else the server. */
  readonly name: string;
}

/** One note per notification that logs in at a relay or is let in by its address. */
export const relayNotes = (topology: Topology): ExternalNote[] => namedRelays(topology).map(relayNote);

export function namedRelays(topology: Topology): NamedRelay[] {
  const noted: { readonly notification: Notification; readonly relay: MailRelay }[] = [];
  const servers = new Set<string>();
  for (const notification of topology.notifications.values()) {
    const { kind } = notification.spec;
    if (notification.state !== 'active' || (kind !== 'smtp' && kind !== 'postfix')) continue;
    const relay = mailRelayOf(notification);
    if (relay === undefined) continue;
    noted.push({ notification, relay });
    if (notification.relay === undefined) servers.add(relay.server.toLowerCase());
  }
  const names = hostNames(topology, servers);
  return noted.map(({ notification, relay }) => {
    const server = relay.server.toLowerCase();
    const host = notification.relay?.key ?? names.get(server);
    return { notification, relay, name: host ?? server.replaceAll(':', '-') };
  });
}

/** Keys of hosts by their full names and addresses, of those that are asked for. */
function hostNames({ hosts }: Topology, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (wanted.size === 0) return names;
  const add = (name: string, host: Host): void => {
    if (wanted.has(name)) names.set(name, host.key);
  };
  for (const host of hosts.values()) {
    if (host.spec.fqdn !== undefined) add(host.spec.fqdn.toLowerCase(), host);
    for (const nic of host.nics.values()) for (const { address } of nic.addresses) add(address, host);
  }
  return names;
}

function relayNote({ notification, relay, name }: NamedRelay): ExternalNote {
  const { key, path, spec, hosts } = notification;
  const clients = hosts.flatMap(nodesOf).map(host => clientText(notification, host));
  const login =
    spec.username === undefined
      ? 'They have no login: the relay takes their mail by the address that they come from.'
      : `They log in as \`${spec.username}\`; the password is the secret \`${spec.secret ?? key}\`.`;
  const sender =
    spec.from_address === undefined
      ? 'The sender is root of each host: the relay must take that.'
      : `The sender is \`${spec.from_address}\`, which ${spec.username === undefined ? 'they' : 'this login'} must be allowed to use.`;
  return {
    name,
    title: `Mail relay of notification ${key}`,
    text: [
      `These hosts send mail by \`${relay.server}\`, port ${relay.port} (${MODES[relay.mode]}):`,
      clients.join('\n'),
      login,
      sender,
      ...(spec.mailto === undefined ? [] : [`Recipients: ${spec.mailto.map(to => `\`${to}\``).join(', ')}.`]),
      ...(relay.mode !== 'insecure' && !relay.isAddress
        ? [`The certificate must be one for \`${relay.server}\`, from a public authority: it is verified.`]
        : []),
    ],
    blocks: [],
    causes: [path],
  };
}

const MODES = {
  insecure: 'without TLS',
  starttls: 'submission, STARTTLS',
  tls: 'submission with TLS from the start',
} as const;

const nodesOf = (one: Host | Cluster): readonly Host[] =>
  ('nodes' in one ? one.nodes : [one]).filter(({ state }) => state === 'active');

/** Behind the internet the address is that of a router, which is nothing to rely on. */
function clientText({ via }: Notification, host: Host): string {
  const end = via?.kind === 'vlan' || via?.kind === 'tunnel' ? sourceOn(host, via) : undefined;
  return `* \`${host.key}\`${end === undefined ? '' : ` from ${end.address}`}`;
}

/** A NAS, or a host that others run. */
export const clientNote = (host: Host, { relay, notification, notifications }: HostsRelay): ExternalNote => ({
  name: host.key,
  title: `Mail of ${host.key}`,
  text: ['It sends its messages by this relay, set up in its own interface. The password is not here.'],
  blocks: [
    {
      language: 'text',
      text: [
        `server: ${relay.server}`,
        `port: ${relay.port} (${MODES[relay.mode]})`,
        ...(notification.spec.username === undefined ? [] : [`login: ${notification.spec.username}`]),
        ...(notification.spec.from_address === undefined
          ? []
          : [`sender: ${notification.spec.from_address}`]),
        ...notifications.flatMap(({ spec }) => spec.mailto ?? []).map(to => `to: ${to}`),
      ].join('\n'),
    },
  ],
  causes: notifications.map(({ path }) => path),
});
