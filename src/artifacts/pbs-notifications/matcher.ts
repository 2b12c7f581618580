/**
 * Matchers: which messages go to which targets. Ids are shared by targets and matchers, so that a matcher cannot have
 * the name of its target. Source: `proxmox-notify/src/matcher.rs`.
 */
import { createHash } from 'node:crypto';
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host, Notification } from '../../model/topology.ts';
import { property, type Section, section } from '../sections.ts';

export const DEFAULT_TARGET = 'mail-to-root';
export const DEFAULT_MATCHER = 'default-matcher';

const SEVERITIES = ['info', 'notice', 'warning', 'error', 'unknown'] as const;
/** Longest name (`proxmox-notify/src/schema.rs`). */
const MAX_LENGTH = 32;
const HASH_LENGTH = 8;

/** `to-NAME`; a hash ends the name where that is too long. */
export function matcherId(key: string): string {
  const plain = `to-${key}`;
  if (plain.length <= MAX_LENGTH) return plain;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH);
  return `${plain.slice(0, MAX_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

/** @param nodes the nodes of a cluster whose messages are meant; undefined: all that the file is read by. */
export function matcherSection({ key, path, spec }: Notification, nodes?: readonly Host[]): Section {
  // All conditions must hold: severities and types are one line each, since a second line would be a second condition.
  const severities = SEVERITIES.filter(word => spec.severities?.includes(word)).join(',');
  const types = [...new Set(spec.types ?? [])].sort().join(',');
  return section(
    'matcher',
    matcherId(key),
    [path],
    [
      property('match-severity', severities || undefined, [...path, 'severities']),
      property('match-field', types === '' ? undefined : `exact:type=${types}`, [...path, 'types']),
      property('match-field', nodes && hostPattern(nodes), [...path, 'hosts']),
      property('target', key, path),
    ],
  );
}

/** By regular expression, since releases differ in whether the name has its domain. */
function hostPattern(nodes: readonly Host[]): string {
  const names = nodes.map(({ key }) => key).sort();
  return `regex:hostname=^(?:${names.join('|')})(?:\\..*)?$`;
}

/**
 * The two that PBS has by itself and adds again when they are missing (`pbs: src/server/notifications/mod.rs`).
 * @param replacedBy notifications that take their place, so that nothing is told twice.
 */
export function pbsBuiltIns(host: TopologyPath, replacedBy: readonly TopologyPath[]): Section[] {
  return [
    section(
      'sendmail',
      DEFAULT_TARGET,
      [host],
      [
        property('comment', "Send mails to root@pam's email address", host),
        property('mailto-user', 'root@pam', host),
      ],
    ),
    section(
      'matcher',
      DEFAULT_MATCHER,
      [host],
      [
        property('comment', 'Route everything but successful prune job notifications to mail-to-root', host),
        property('disable', replacedBy.length > 0 || undefined, ...replacedBy),
        property('invert-match', true, host),
        property('match-field', 'exact:type=prune', host),
        property('match-severity', 'info', host),
        property('mode', 'all', host),
        property('target', DEFAULT_TARGET, host),
      ],
    ),
  ];
}

/** The one of PVE. Its target is left alone: PVE adds it when it is missing. */
export const pveDefaultMatcher = (
  causes: readonly TopologyPath[],
  replacedBy: readonly TopologyPath[],
): Section =>
  section('matcher', DEFAULT_MATCHER, causes, [
    property('comment', 'Route all notifications to mail-to-root', ...causes),
    property('disable', replacedBy.length > 0 || undefined, ...replacedBy),
    property('mode', 'all', ...causes),
    property('target', DEFAULT_TARGET, ...causes),
  ]);
