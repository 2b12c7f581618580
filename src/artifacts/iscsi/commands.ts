/**
 * iscsiadm(8) of open-iscsi. Records are written by command, since their place depends on the package. A record is made
 * for one portal without discovery, which would log in to every portal that the target announces, the management network's
 * too.
 */
import { secretFile } from '../secrets.ts';
import { word } from '../shell-words.ts';
import type { Session } from './sessions.ts';

export const INITIATOR_FILE = '/etc/iscsi/initiatorname.iscsi';

/** The two parts of a CHAP credential: files on the host while applying. */
export const chapNames = (name: string): { readonly username: string; readonly password: string } => ({
  username: `${name}.username`,
  password: `${name}.password`,
});

const node = ({ iqn, portal, iface }: Session): string =>
  `iscsiadm -m node -T ${word(iqn)} -p ${word(portal)} -I ${word(iface)}`;

/** The interface record and the node record; settings are written again each time. */
export function recordCommands(session: Session): readonly string[] {
  const { iqn, portal, group, nic, iface, timeout, chap } = session;
  const record = node(session);
  const set = (name: string, value: string): string => `${record} -o update -n ${name} -v ${value}`;
  return [
    `iscsiadm -m iface -I ${word(iface)} >/dev/null 2>&1 || iscsiadm -m iface -I ${word(iface)} -o new`,
    `iscsiadm -m iface -I ${word(iface)} -o update -n iface.net_ifacename -v ${word(nic.key)}`,
    `${record} >/dev/null 2>&1 || iscsiadm -m node -T ${word(iqn)} -p ${word(`${portal},${group}`)} -I ${word(iface)} -o new`,
    set('node.startup', 'automatic'),
    set('node.session.timeo.replacement_timeout', String(timeout)),
    ...(chap === undefined ? [set('node.session.auth.authmethod', 'None')] : chapCommands(chap, set)),
  ];
}

function chapCommands(chap: string, set: (name: string, value: string) => string): string[] {
  const { username, password } = chapNames(chap);
  const [user, secret] = [word(secretFile(username)), word(secretFile(password))];
  // Without the files, which the last step removes, a repetition leaves the record as it is.
  return [
    [
      `if test -s ${user} && test -s ${secret}; then`,
      `  ${set('node.session.auth.authmethod', 'CHAP')}`,
      `  ${set('node.session.auth.username', `"$(cat ${user})"`)}`,
      `  ${set('node.session.auth.password', `"$(cat ${secret})"`)}`,
      'fi',
    ].join('\n'),
  ];
}

/**
 * Exit status 15: the session exists already. A session of old sees new LUNs after a rescan only.
 * @param notes what runs the login and notes that it made the session.
 */
export const loginCommands = (session: Session, notes = ''): readonly string[] => [
  `${notes}${node(session)} --login || test $? -eq 15`,
  `${node(session)} --rescan`,
];

/**
 * Deletes records of the same target for other portals and for the unbound interface, which an earlier discovery left. A
 * record with a session is not deleted by iscsiadm, and no session is ended here: a datastore may be mounted from it.
 */
export function cleanCommand(iqn: string, portals: readonly string[]): string {
  const wanted = portals.map(portal => `'${iqn} ${portal}'`).join(' | ');
  const busy = word(
    'a record that should go still has a session: unmount the datastore, log out (-u), run this again',
  );
  return (
    'iscsiadm -m node | while read -r portal target; do\n' +
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of the shell
    '  case "$target ${portal%,*}" in\n' +
    `  ${wanted}) iscsiadm -m node -T "$target" -p "\${portal%,*}" -I default -o delete 2>/dev/null || test $? -eq 21 || echo ${busy} >&2 ;;\n` +
    `  '${iqn} '*) iscsiadm -m node -T "$target" -p "\${portal%,*}" -o delete || echo ${busy} >&2 ;;\n` +
    '  esac\n' +
    'done'
  );
}

export const waitCommand = (uuid: string): string => `udevadm wait --timeout=60 /dev/disk/by-uuid/${uuid}`;

/**
 * Logout and deletion, unless a datastore is still mounted: a device that goes away under a file system breaks it. Exit
 * status 21: no such record or session.
 */
export function logoutCommand(session: Session): string {
  const free = session.stores.map(({ datastore: { spec } }) => `! mountpoint -q ${word(spec.path)}`);
  return (
    `if ${free.join(' && ')}; then\n` +
    `  ${node(session)} --logout || test $? -eq 21\n` +
    `  ${node(session)} -o delete || test $? -eq 21\n` +
    `else\n` +
    `  echo ${word('still mounted: unmount it first')} >&2\n` +
    'fi'
  );
}

/** The own name is what the NAS lets in. Sessions keep the name with which they have logged in. */
export const initiatorCommand = (name: string): string =>
  `if ! grep -qxF ${word(`InitiatorName=${name}`)} ${INITIATOR_FILE}; then\n` +
  `  (umask 077 && echo ${word(`InitiatorName=${name}`)} >${INITIATOR_FILE})\n` +
  '  systemctl restart iscsid.service\n' +
  'fi';

/** The same on a host that has our functions, which keep the file that was there. */
export const keptInitiatorCommand = (name: string): string =>
  `if ! grep -qxF ${word(`InitiatorName=${name}`)} ${INITIATOR_FILE}; then\n` +
  `  named=$(mktemp) && echo ${word(`InitiatorName=${name}`)} >"$named" &&\n` +
  `    offsite_put "$named" ${INITIATOR_FILE} root:root 0600 && systemctl restart iscsid.service\n` +
  '  rm -f "$named"\n' +
  'fi';
