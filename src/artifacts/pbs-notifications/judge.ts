/** What is wrong with a notification, whatever renders it. */
import { mailRelayOf } from '../../analyses/mail-relay.ts';
import { atKey, atValue, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type * as Spec from '../../model/spec.ts';
import type { Notification } from '../../model/topology.ts';

type Key = keyof Spec.Notification;

const MAIL = ['server', 'port', 'mode', 'from_address', 'mailto', 'username', 'secret'] as const;
const OWN_KEYS: Readonly<Record<Spec.Notification['kind'], readonly Key[]>> = {
  smtp: MAIL,
  postfix: MAIL,
  sendmail: ['from_address', 'mailto'],
  gotify: ['url', 'secret'],
  webhook: ['url', 'secret'],
};
/** `relay` and `via` say what the traffic must use; the proofs want them of every kind. */
const COMMON_KEYS: readonly Key[] = [
  'kind',
  'hosts',
  'relay',
  'via',
  'severities',
  'types',
  'comment',
  'state',
];

export function judge(notification: Notification): Diagnostic[] {
  if (notification.state !== 'active') return [];
  return [
    ...incomplete(notification),
    ...unused(notification),
    ...transport(notification),
    ...openToken(notification),
    ...neverSent(notification),
  ];
}

function incomplete(notification: Notification): Diagnostic[] {
  const { key, path, spec } = notification;
  const { kind } = spec;
  const isMail = kind === 'smtp' || kind === 'postfix';
  const missing = [
    isMail && mailRelayOf(notification) === undefined ? 'server' : undefined,
    kind === 'smtp' && spec.from_address === undefined ? 'from_address' : undefined,
    (kind === 'gotify' || kind === 'webhook') && spec.url === undefined ? 'url' : undefined,
    kind === 'gotify' && spec.secret === undefined ? 'secret' : undefined,
    isMail && spec.username !== undefined && spec.secret === undefined ? 'secret' : undefined,
    isMail && spec.secret !== undefined && spec.username === undefined ? 'username' : undefined,
  ];
  return missing.flatMap(name =>
    name === undefined
      ? []
      : [
          {
            code: 'notification-incomplete',
            severity: 'error' as const,
            message: `notification \`${key}\` of kind ${kind} has no \`${name}\``,
            place: atKey(path),
            help: `add \`${name}\``,
          },
        ],
  );
}

function unused({ key, path, spec }: Notification): Diagnostic[] {
  const known: readonly string[] = [...COMMON_KEYS, ...OWN_KEYS[spec.kind]];
  return Object.keys(spec)
    .filter(name => !known.includes(name))
    .map(name => ({
      code: 'notification-key-unused',
      severity: 'warning',
      message: `\`${name}\` means nothing for notification \`${key}\` of kind ${spec.kind}`,
      place: atKey([...path, name]),
      help: `its own keys: ${OWN_KEYS[spec.kind].join(', ')}`,
    }));
}

function transport(notification: Notification): Diagnostic[] {
  const { key, spec } = notification;
  const relay = mailRelayOf(notification);
  if (relay === undefined || (spec.kind !== 'smtp' && spec.kind !== 'postfix')) return [];
  if (relay.mode === 'insecure') {
    if (spec.username === undefined) return [];
    return [
      {
        code: 'login-without-tls',
        severity: 'warning',
        message: `notification \`${key}\` logs in at "${relay.server}" without transport security`,
        place: atValue(relay.modeCauses[0] ?? []),
        help: 'use `mode: starttls` or `mode: tls`',
      },
    ];
  }
  if (spec.kind !== 'smtp' || !relay.isAddress) return [];
  return [
    {
      code: 'smtp-certificate-for-address',
      severity: 'warning',
      message: `notification \`${key}\` uses TLS to "${relay.server}", and the certificate is verified against that address`,
      place: atValue(relay.serverCauses[0] ?? []),
      help: 'use `kind: postfix`, or name the server as its certificate does',
    },
  ];
}

/** Gotify takes its token in a header as well. On the host itself nobody is on the way. */
function openToken({ key, path, spec }: Notification): Diagnostic[] {
  if ((spec.kind !== 'gotify' && spec.kind !== 'webhook') || spec.secret === undefined) return [];
  if (spec.url === undefined || !OPEN_URL.test(spec.url)) return [];
  return [
    {
      code: 'login-without-tls',
      severity: 'warning',
      message: `notification \`${key}\` sends its token to "${spec.url}" without transport security`,
      place: atValue([...path, 'url']),
      help: 'use a URL with `https://`',
    },
  ];
}

const OPEN_URL = /^http:\/\/(?!localhost(?:[:/]|$)|127\.|\[::1\])/;

const BOTH = ['package-updates', 'system-mail'];
const SENT: Readonly<Record<'pbs' | 'pve', readonly string[]>> = {
  pbs: [...BOTH, 'acme', 'gc', 'prune', 'sync', 'tape-backup', 'tape-load', 'thresholds', 'verify'],
  pve: [...BOTH, 'fencing', 'replication', 'vzdump'],
};

function neverSent({ key, path, spec, hosts }: Notification): Diagnostic[] {
  if (spec.types === undefined) return [];
  const products = (['pbs', 'pve'] as const).filter(role =>
    hosts.some(host => ('nodes' in host ? role === 'pve' : host.roles.has(role))),
  );
  if (products.length === 0) return [];
  const sent = new Set(products.flatMap(product => SENT[product]));
  return spec.types.flatMap((type, index) =>
    sent.has(type)
      ? []
      : [
          {
            code: 'message-type-never-sent',
            severity: 'warning' as const,
            message: `no host of notification \`${key}\` sends messages of type "${type}"`,
            place: atValue([...path, 'types', index]),
            help: `${products.map(name => name.toUpperCase()).join(' and ')}: ${[...sent].sort().join(', ')}`,
          },
        ],
  );
}
