/** The far end of rsync flows where a file alone does not do. */
import { codeSpan } from '../../formats/markdown-steps/quote.ts';
import type { SshAccount } from '../../model/topology.ts';
import { goneNote } from '../gone-note.ts';
import type { ApplyStep, ExternalNote } from '../lowering.ts';
import { word } from '../shell-words.ts';
import type { FarEnd } from '../unit-rsync/far-end.ts';

/** The login must be able to write where the flow writes, and `rrsync` wants the directory to be there. */
export function directoryStep({ account, copies }: FarEnd): ApplyStep[] {
  const pushes = copies.filter(({ direction }) => direction === 'push');
  if (pushes.length === 0) return [];
  const user = word(account.spec.user);
  const directories = [...new Set(pushes.map(({ farDirectory }) => word(farDirectory.text)))];
  return [
    {
      target: account.on.key,
      phase: 'units',
      order: 30,
      title: `Directories for account ${account.key}`,
      text: ['A directory that is there keeps its owner and mode.'],
      commands: directories.map(one => `test -d ${one} || install -d -m 0750 -o ${user} -g ${user} ${one}`),
      check: directories.map(one => `runuser -u ${user} -- test -w ${one}`),
      causes: [account.path, ...pushes.map(({ flow }) => flow.path)],
    },
  ];
}

/** DSM has its own user interface for logins; only the key itself is a file. */
export function dsmStep({ account, causes, copies }: FarEnd, line: string): ApplyStep {
  const { user } = account.spec;
  const home = `/var/services/homes/${user}`;
  const file = word(`${home}/.ssh/authorized_keys`);
  const [type = '', key = ''] = (account.publicKey ?? '').split(' ');
  const directories = [...new Set(copies.map(({ farDirectory }) => `\`${farDirectory.text}\``))];
  const modes = [`chmod 0755 ${word(home)}`, `chmod 0700 ${word(`${home}/.ssh`)}`, `chmod 0600 ${file}`];
  return {
    target: account.on.key,
    phase: 'units',
    order: 40,
    title: `Let account ${account.key} in`,
    text: [
      `Control Panel → User & Group: create \`${user}\` with read and write access to the shared folder of ${directories.join(', ')}; Advanced: switch on the user home service.`,
      'Control Panel → File Services → rsync: switch on the rsync service. Control Panel → Terminal & SNMP: switch on SSH. Application privileges of the user: allow rsync.',
      'ssh refuses a key when the home directory is writable by others. Look again after each DSM update.',
    ],
    commands: [
      [
        ...(line.includes('$') ? ['# shellcheck disable=SC2016 # the variable is for sshd'] : []),
        `line=${word(line)}`,
        // Without the user and its home, DSM would later make another home than the one that holds the key.
        `if id -u ${word(user)} >/dev/null 2>&1 && test -d ${word(home)}; then`,
        `  mkdir -p ${word(`${home}/.ssh`)}`,
        `  touch ${file}`,
        // The key may be there with an older command.
        `  { grep -vF ${word(`${type} ${key}`)} ${file} || [ $? -eq 1 ]; } >${file}.new &&`,
        `    printf '%s\\n' "$line" >>${file}.new &&`,
        // Only then, or a full volume would cost the keys of others.
        `    mv -f ${file}.new ${file}`,
        ...[`chown -R ${word(user)} ${word(`${home}/.ssh`)}`, ...modes].map(command => `  ${command}`),
        'else',
        `  echo ${word(`STOP: ${user} or its home is not there: make them in the Control Panel first`)} >&2`,
        'fi',
      ].join('\n'),
    ],
    check: [`grep -cF ${word(`${type} ${key}`)} ${file}`],
    undo: [`sed -i ${word(`\\#${key}#d`)} ${file}`],
    causes,
  };
}

/** The line of the key; user, home and application privileges are what somebody made by hand, and may be used. */
export function dsmRemoveStep({ key: name, on, spec, publicKey = '', path }: SshAccount): ApplyStep {
  const file = word(`/var/services/homes/${spec.user}/.ssh/authorized_keys`);
  const [, key = ''] = publicKey.split(' ');
  return {
    target: on.key,
    phase: 'units',
    order: 20,
    title: `Let account ${name} in no more`,
    text: [
      `Nothing logs in with its key. Control Panel → User & Group: delete \`${spec.user}\` if it was for that alone.`,
    ],
    commands: [`if [ -e ${file} ]; then sed -i ${word(`\\#${key}#d`)} ${file}; fi`],
    check: [`! grep -qsF ${word(key)} ${file}`],
    undo: ['# make the flow active in the topology again, and apply'],
    causes: [path],
  };
}

/** For whoever runs the far host. */
export const goneLogin = ({ key, on, spec, path }: SshAccount): ExternalNote =>
  goneNote(
    on.key,
    `SSH key ${key} of ${spec.user}`,
    ['The line with it in `authorized_keys`, and the login if it was for that alone.'],
    [path],
  );

/** For whoever runs the far host. */
export const note = ({ account, causes, copies }: FarEnd, line: string): ExternalNote => ({
  name: account.on.key,
  title: `SSH login of ${account.spec.user}`,
  text: [
    `${codeSpan(account.spec.user) ?? ''} needs ${copies.map(({ farDirectory, direction }) => `${direction === 'push' ? 'to write to' : 'to read'} \`${farDirectory.text}\``).join(' and ')}, and this line in its \`authorized_keys\`. The key is let in for this one command; do not leave the options out.`,
  ],
  blocks: [{ language: 'text', text: line }],
  causes,
});
