/** Steps of a host with iSCSI sessions: name, records, login; mounts follow when the block of fstab is in place. */
import type { Host } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { word } from '../shell-words.ts';
import {
  cleanCommand,
  INITIATOR_FILE,
  keptInitiatorCommand,
  loginCommands,
  logoutCommand,
  recordCommands,
  waitCommand,
} from './commands.ts';
import type { Session } from './sessions.ts';

export function initiatorStep(host: Host, name: string): ApplyStep {
  const line = word(`InitiatorName=${name}`);
  return {
    target: host.key,
    phase: 'mounts',
    order: 10,
    title: 'Set the iSCSI initiator name',
    text: [
      'The name must be unique: two hosts with one name, a cloned VM for example, are let in to the same LUN and destroy its file system.',
      'A session keeps the name with which it logged in. If the name changes, unmount what is on it and log in again.',
    ],
    commands: [keptInitiatorCommand(name)],
    check: [`grep -xF ${line} ${INITIATOR_FILE}`],
    undo: [`offsite_put_back ${INITIATOR_FILE} && systemctl restart iscsid.service`],
    causes: [[...host.path, 'initiator_name']],
  };
}

/** @param all the sessions of the host: other portals of the same target that are wanted must stay. */
export function sessionStep(session: Session, all: readonly Session[]): ApplyStep {
  const { host, iqn, portal, nic, stores, chap } = session;
  const made = word(`iSCSI session ${iqn} at ${portal}`);
  const portals = all.filter(other => other.iqn === iqn).map(other => other.portal);
  const uuids = stores.flatMap(({ backing }) => (backing.uuid === undefined ? [] : [backing.uuid]));
  return {
    target: host.key,
    phase: 'mounts',
    order: 20,
    title: `iSCSI session ${iqn} at ${portal}`,
    text: [
      `The session is bound to ${nic.key}: when that network is gone it fails, and does not go over another one. Records are made without discovery, which would add every portal of the target.`,
      'Settings of the record count from the next login on.',
      ...(chap === undefined
        ? []
        : [
            'The CHAP password is an argument of iscsiadm for a moment and then stands in its record, which only root can read.',
          ]),
    ],
    commands: [
      ...recordCommands(session),
      cleanCommand(iqn, portals),
      'systemctl enable open-iscsi.service',
      ...loginCommands(session, `offsite_make ${made} `),
      ...uuids.map(waitCommand),
    ],
    check: [
      'iscsiadm -m session -P 1',
      ...uuids.map(uuid => `test -b /dev/disk/by-uuid/${uuid}`),
      'systemctl is-enabled open-iscsi.service',
    ],
    undo: [
      [
        `if offsite_made ${made}; then`,
        ...stores.map(
          ({ datastore: { spec } }) =>
            `  if mountpoint -q ${word(spec.path)}; then umount ${word(spec.path)}; fi`,
        ),
        logoutCommand(session).replace(/^/gm, '  '),
        'fi',
      ].join('\n'),
    ],
    causes: session.causes,
  };
}

/** After the datastores are unmounted, which is at order 10 of the same phase. */
export const retireStep = (session: Session): ApplyStep => ({
  target: session.host.key,
  phase: 'finish',
  order: 20,
  title: `End iSCSI session ${session.iqn} at ${session.portal}`,
  text: [
    'No active datastore uses it any more, and the datastores on it are unmounted. Its line in /etc/fstab went with the new block. What is stored on the LUN stays.',
  ],
  commands: [logoutCommand(session)],
  check: [`! iscsiadm -m node -T ${word(session.iqn)} -p ${word(session.portal)} >/dev/null 2>&1`],
  undo: ['# make the datastore active in the topology again, and apply'],
  causes: session.causes,
});
