/**
 * What a host's Postfix must know of its relay: one relay for all notifications of kind `postfix` that list the host.
 * Thousands of hosts have the same ones, so that nearly all of it is worked out once for all of them.
 */
import { type MailRelay, mailRelayOf } from '../../analyses/mail-relay.ts';
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host, Notification } from '../../model/topology.ts';
import { type Property, property } from '../sections.ts';

/** What hosts with the same notifications have in common. */
export interface HostsRelay {
  readonly relay: MailRelay;
  /** Declares relay, login and sender. */
  readonly notification: Notification;
  /** All that use it. */
  readonly notifications: readonly Notification[];
  /** None twice, each with where it is declared. */
  readonly recipients: readonly Property[];
  /** The hosts are PVE or PBS. */
  readonly isProxmox: boolean;
}

/** Undefined when no relay is declared. The first notification of a host declares it. */
export function hostsRelay(
  notifications: readonly Notification[],
  isProxmox: boolean,
): HostsRelay | undefined {
  const [notification] = notifications;
  const relay = notification && mailRelayOf(notification);
  return (
    notification &&
    relay && { relay, notification, notifications, recipients: recipientsOf(notifications), isProxmox }
  );
}

export const DIRECTORY = '/etc/postfix';
export const TABLES = {
  passwords: `${DIRECTORY}/sasl_passwd`,
  senders: `${DIRECTORY}/generic`,
  recipients: `${DIRECTORY}/virtual`,
} as const;
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/** The next hop as `relayhost` and the password table must both spell it; brackets mean no MX lookup. */
export const nextHop = ({ relay }: HostsRelay): string => `[${relay.server}]:${relay.port}`;

function recipientsOf(notifications: readonly Notification[]): readonly Property[] {
  const found = new Map<string, TopologyPath>();
  for (const { spec, path } of notifications) {
    for (const [index, address] of (spec.mailto ?? []).entries())
      if (!found.has(address)) found.set(address, [...path, 'mailto', index]);
  }
  return [...found].map(([value, cause]) => ({ key: 'mailto', value, causes: [cause] }));
}

/**
 * Where no Proxmox takes care of mail to root it is sent to the recipients: otherwise it would stay in a mailbox on
 * the host. On PVE and PBS it goes into the notification system (`/root/.forward`).
 */
export const sendsRootMail = ({ isProxmox, recipients }: HostsRelay): boolean =>
  !isProxmox && recipients.length > 0;

export const isProxmox = ({ roles }: Host): boolean => roles.has('pve') || roles.has('pbs');

/**
 * Parameters in byte order. All are always given, as the file keeps what it is not told to change.
 * TLS: for a name the certificate must fit it; for an address it cannot, and the line is encrypted without that.
 */
export function parametersOf(one: HostsRelay): readonly Property[] {
  const { relay, notification } = one;
  const { path, spec } = notification;
  const { modeCauses, serverCauses, portCauses } = relay;
  const isVerified = relay.mode !== 'insecure' && !relay.isAddress;
  const level = relay.mode === 'insecure' ? 'may' : isVerified ? 'secure' : 'encrypt';
  const login = spec.username === undefined ? path : [...path, 'username'];
  const sender = spec.from_address === undefined ? path : [...path, 'from_address'];
  const table = (file: string, isUsed: boolean): string => (isUsed ? `texthash:${file}` : '');
  return [
    property('inet_interfaces', 'loopback-only', [...path, 'kind']),
    property('relayhost', nextHop(one), ...serverCauses, ...portCauses),
    property('smtp_generic_maps', table(TABLES.senders, spec.from_address !== undefined), sender),
    property('smtp_sasl_auth_enable', spec.username === undefined ? 'no' : 'yes', login),
    property('smtp_sasl_password_maps', table(TABLES.passwords, spec.username !== undefined), login),
    property('smtp_sasl_security_options', 'noanonymous', login),
    property('smtp_sasl_tls_security_options', 'noanonymous', login),
    isVerified ? property('smtp_tls_CAfile', CERTIFICATES, ...serverCauses, ...modeCauses) : [],
    property('smtp_tls_security_level', level, ...modeCauses, ...serverCauses),
    property('smtp_tls_wrappermode', relay.mode === 'tls' ? 'yes' : 'no', ...modeCauses),
    sendsRootMail(one)
      ? property(
          'virtual_alias_maps',
          table(TABLES.recipients, true),
          ...one.recipients.flatMap(r => r.causes),
        )
      : [],
  ].flat();
}

/** Names of what `parametersOf` may give, for taking them away again. */
export const PARAMETERS = [
  'relayhost',
  'smtp_generic_maps',
  'smtp_sasl_auth_enable',
  'smtp_sasl_password_maps',
  'smtp_sasl_security_options',
  'smtp_sasl_tls_security_options',
  'smtp_tls_security_level',
  'smtp_tls_wrappermode',
  'virtual_alias_maps',
] as const;

/** What is the same for all notifications of a host, or does not fit into one `main.cf`. */
export function relayText(notification: Notification): string {
  const { server, port, mode } = mailRelayOf(notification) ?? {};
  const { username, secret, from_address } = notification.spec;
  return JSON.stringify([server, port, mode, username, secret, from_address]);
}
