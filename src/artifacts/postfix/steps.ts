/** Commands around the mail relay of a host: start with the new settings, a test, and the removal of a retired one. */
import type { Host, Notification } from '../../model/topology.ts';
import type { ApplyStep, Need } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { DIRECTORY, type HostsRelay, nextHop, PARAMETERS, sendsRootMail, TABLES } from './relay.ts';

const RESTART = 'systemctl restart postfix';

export function relaySteps(one: HostsRelay): Omit<ApplyStep, 'target'>[] {
  const { relay, notifications, recipients } = one;
  const causes = notifications.map(({ path }) => path);
  const start: Omit<ApplyStep, 'target'> = {
    phase: 'notify',
    order: 55,
    title: 'Send mail by the relay',
    text: [
      `All mail of this host leaves by \`${nextHop(one)}\`. ${tlsText(one)}`,
      'Postfix takes mail from this host only. Any other parameter of `main.cf` stays as it is.',
      `Of \`${relay.server}\` is expected what \`_external/\` says.`,
    ],
    commands: ['postfix check', RESTART],
    check: [`test "$(postconf -h relayhost)" = ${word(nextHop(one))}`, 'postfix status'],
    undo: [`offsite_put_back ${DIRECTORY}/main.cf`, RESTART],
    causes,
  };
  const [first] = recipients;
  const to = sendsRootMail(one) || first === undefined ? 'root' : first.value;
  const test: Omit<ApplyStep, 'target'> = {
    phase: 'notify',
    order: 65,
    title: 'Send a test mail',
    text: [
      `It arrives within a minute, from ${one.notification.spec.from_address ?? 'root of this host'}. What Postfix could not hand over stays in its queue, with the answer of the relay.`,
      rootText(one),
    ],
    commands: [
      `printf 'Subject: test from %s\\n\\nSent by the relay.\\n' "$(uname -n)" | sendmail -i -- ${word(to)}`,
    ],
    check: ['sleep 15; postqueue -p'],
    causes,
  };
  return [start, test];
}

/** The alert of a failed unit of ours is mail to root. */
function rootText(one: HostsRelay): string {
  if (sendsRootMail(one))
    return 'Mail to root goes to the same recipients: it tells of failures of units that offsite runs here.';
  return one.isProxmox
    ? 'Mail to root goes into the notification system of Proxmox and from there to its targets: it tells of failures of units that offsite runs here.'
    : 'Nobody is named for mail to root (`mailto`): it stays in the mailbox of root.';
}

function tlsText({ relay }: HostsRelay): string {
  if (relay.mode === 'insecure') return 'The relay is trusted without TLS.';
  return relay.isAddress
    ? 'The line is encrypted; the certificate is not verified, since it does not name an address.'
    : `The line is encrypted, and the certificate must be one for \`${relay.server}\`.`;
}

type PackageOrSecret = Extract<Need, { kind: 'package' | 'secret' }>;
type WithoutTarget<T> = T extends Need ? Omit<T, 'target'> : never;

export function relayNeeds({
  notification,
  notifications,
  relay,
}: HostsRelay): WithoutTarget<PackageOrSecret>[] {
  const { spec, path } = notification;
  const causes = notifications.map(one => one.path);
  // The modules for PLAIN and LOGIN are only a recommendation of Postfix.
  const packages = ['postfix', 'libsasl2-modules', ...(relay.isAddress ? [] : ['ca-certificates'])];
  const needs = packages.map(name => ({ kind: 'package' as const, name, causes }));
  if (spec.username === undefined || spec.secret === undefined) return needs;
  const secret = {
    kind: 'secret' as const,
    name: spec.secret,
    placed: TABLES.passwords,
    what: `password of ${spec.username} at the mail relay ${relay.server}`,
    causes: [[...path, 'secret']],
  };
  return [...needs, secret];
}

/** For a host that no active notification lists: mail goes its own way again. */
export const removeStep = (host: Host, retired: readonly Notification[]): ApplyStep => ({
  target: host.key,
  phase: 'notify',
  order: 30,
  title: 'Take the retired mail relay away',
  text: ['Postfix delivers mail by itself then, or not at all: most providers block port 25.'],
  commands: [
    [
      `if grep -qs offsite ${Object.values(TABLES).join(' ')}; then`,
      `  postconf -X ${PARAMETERS.join(' ')}`,
      ...Object.values(TABLES).map(file => `  if grep -qs offsite ${file}; then rm -f ${file}; fi`),
      `  ${RESTART}`,
      'fi',
    ].join('\n'),
  ],
  check: ['postconf -n'],
  undo: ['# make the notification active in the topology again, and apply'],
  causes: retired.map(({ path }) => path),
});
