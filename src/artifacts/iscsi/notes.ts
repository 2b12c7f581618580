/** What the NAS must offer, and what a host that is not rendered must set up. */
import { goneNote } from '../gone-note.ts';
import type { ExternalNote } from '../lowering.ts';
import { cleanCommand, INITIATOR_FILE, initiatorCommand, loginCommands, recordCommands } from './commands.ts';
import type { Session } from './sessions.ts';

/** One note per session for whoever runs the NAS. */
export function targetNote(session: Session): ExternalNote {
  const { host, nas, iqn, portal, group, stores, chap } = session;
  const name = host.spec.initiator_name;
  const luns = stores.map(({ backing: { lun }, datastore }) => {
    const size = lun.spec.size === undefined ? '' : `, ${lun.spec.size}`;
    return `LUN ${lun.spec.lun ?? 0}: datastore ${datastore.name} of ${host.key}${size}`;
  });
  return {
    name: nas.key,
    title: `iSCSI target ${iqn} for ${host.key}`,
    text: [
      'Bind the target to the portal below and to no other address: what a target announces on the management network is found and used by every discovery.',
      name === undefined
        ? `Let in one initiator only: the name in ${INITIATOR_FILE} of ${host.key}. Declare it in the topology as \`initiator_name\`.`
        : 'Let in the initiator below and no other: two initiators on one LUN destroy its file system.',
      'Do not show a clone or a snapshot of the LUN to the same initiator: both carry the same UUID.',
      chap === undefined
        ? 'CHAP is not used: the portal must be reachable from the storage network only.'
        : `CHAP (one way, 12 to 16 characters): the credential is named ${chap} in the topology; its value is not here.`,
      ...(nas.os === 'dsm'
        ? [
            'SAN Manager → iSCSI → Edit → Network binding, and Permissions → Host. Look again after each DSM update.',
          ]
        : []),
    ],
    blocks: [
      {
        language: 'text',
        text: [
          `target: ${iqn}`,
          `portal: ${portal}, portal group ${group}`,
          ...(name === undefined ? [] : [`initiator: ${name}`]),
          ...luns,
        ].join('\n'),
      },
    ],
    causes: session.causes,
  };
}

/** The NAS goes on offering what nobody logs in to, and whoever gets there may. */
export const goneTarget = ({ host, nas, iqn, causes }: Session): ExternalNote =>
  goneNote(
    nas.key,
    `permission of ${host.key} for iSCSI target ${iqn}`,
    ['The LUN holds the backups until it is deleted.'],
    causes,
  );

/** One note per host that is not rendered. */
export function initiatorNote(sessions: readonly Session[]): ExternalNote[] {
  const [first] = sessions;
  if (first === undefined) return [];
  const { host } = first;
  const name = host.spec.initiator_name;
  const commands = [
    ...(name === undefined ? [] : [initiatorCommand(name)]),
    ...sessions.flatMap(session => [
      ...recordCommands(session),
      cleanCommand(
        session.iqn,
        sessions.filter(other => other.iqn === session.iqn).map(other => other.portal),
      ),
      ...loginCommands(session),
    ]),
  ];
  return [
    {
      name: host.key,
      title: `iSCSI sessions of ${host.key}`,
      text: [
        'This host is not rendered: whoever runs it makes these sessions permanent, before anything is mounted from them. The commands are those of open-iscsi.',
      ],
      blocks: [{ language: 'sh', text: commands.join('\n') }],
      causes: sessions.flatMap(session => session.causes),
    },
  ];
}
