/**
 * Targets of Proxmox's notification system, which PBS and PVE share: the section that says where messages go, and the
 * one with its secret in a file for root alone. Source: `proxmox-notify/src/endpoints/*.rs`.
 */
import { mailRelayOf } from '../../analyses/mail-relay.ts';
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Notification } from '../../model/topology.ts';
import { placeholder } from '../secrets.ts';
import { type Property, property, type Section, section } from '../sections.ts';

/** Section type of each kind: Postfix is a mail system behind `sendmail`. */
const TYPES = {
  smtp: 'smtp',
  sendmail: 'sendmail',
  postfix: 'sendmail',
  gotify: 'gotify',
  webhook: 'webhook',
} as const satisfies Record<Notification['spec']['kind'], string>;

export type TargetType = (typeof TYPES)[keyof typeof TYPES];

export const targetType = ({ spec }: Notification): TargetType => TYPES[spec.kind];

/** The target; it has the name of the notification. */
export function targetSection(notification: Notification): Section {
  const { key, path, spec } = notification;
  const type = targetType(notification);
  const comment = property('comment', spec.comment, [...path, 'comment']);
  return section(type, key, [path], [comment, ...propertiesOf(notification, type)]);
}

function propertiesOf(notification: Notification, type: TargetType): (readonly Property[])[] {
  const { path, spec } = notification;
  switch (type) {
    case 'smtp':
      return [...smtp(notification), ...recipients(notification)];
    case 'sendmail':
      return [sender(notification), ...recipients(notification)];
    case 'gotify':
      return [property('server', spec.url, [...path, 'url'])];
    case 'webhook':
      return webhook(notification);
  }
}

function smtp(notification: Notification): (readonly Property[])[] {
  const { path, spec } = notification;
  const relay = mailRelayOf(notification);
  return [
    sender(notification),
    property('server', relay?.server, ...(relay?.serverCauses ?? [])),
    property('mode', relay?.mode, ...(relay?.modeCauses ?? [])),
    property('port', spec.port, [...path, 'port']),
    property('username', spec.username, [...path, 'username']),
  ];
}

const sender = ({ path, spec }: Notification): readonly Property[] =>
  property('from-address', spec.from_address, [...path, 'from_address']);

function recipients({ path, spec }: Notification): (readonly Property[])[] {
  if (spec.mailto === undefined) return [property('mailto-user', 'root@pam', path)];
  return spec.mailto.map((address, index) => property('mailto', address, [...path, 'mailto', index]));
}

/** Name of the secret inside Proxmox. */
const TOKEN = 'token';
/** Proxmox fills it in for each message; `json` quotes and escapes. */
const BODY = '{ "title": {{ json title }}, "message": {{ json message }}, "severity": {{ json severity }} }';

function webhook({ path, spec }: Notification): (readonly Property[])[] {
  const at: TopologyPath = spec.secret === undefined ? path : [...path, 'secret'];
  return [
    property('url', spec.url, [...path, 'url']),
    property('method', 'post', path),
    property('body', base64(BODY), path),
    spec.secret === undefined ? [] : header('Authorization', `Bearer {{ secrets.${TOKEN} }}`, at),
    header('Content-Type', 'application/json', path),
    // The value is in the private file; the web interface knows of it by its name here.
    property('secret', spec.secret && `name=${TOKEN}`, at),
  ];
}

const header = (name: string, value: string, cause: TopologyPath): readonly Property[] =>
  property('header', `name=${name},value=${base64(value)}`, cause);

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** The section beside it: a target without one is skipped when a message is sent. None for `sendmail`. */
export function privateSection(notification: Notification): Section | undefined {
  const { key, path, spec } = notification;
  const type = targetType(notification);
  if (type === 'sendmail') return undefined;
  if (spec.secret === undefined) return section(type, key, [path], []);
  const at = [...path, 'secret'];
  return section(type, key, [path], [property(...secretLine(type, spec.secret), at)], [spec.secret]);
}

function secretLine(type: Exclude<TargetType, 'sendmail'>, secret: string): readonly [string, string] {
  switch (type) {
    case 'smtp':
      return ['password', placeholder(secret, 'plain')];
    case 'gotify':
      return ['token', placeholder(secret, 'plain')];
    case 'webhook':
      return ['secret', `name=${TOKEN},value=${placeholder(secret, 'base64')}`];
  }
}
