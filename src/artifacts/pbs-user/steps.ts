/**
 * Users, passwords and tokens by command, before `user.cfg` is put in place: PBS refuses to generate the secret of a
 * token whose section is there already (`proxmox-backup/src/api2/access/user.rs`).
 */
import type { PbsAccount } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { secretFile } from '../secrets.ts';
import { word } from '../shell-words.ts';
import type { Consumer } from './consumers.ts';

const MANAGER = 'proxmox-backup-manager';

const step = (
  account: PbsAccount,
  order: number,
  { title, ...rest }: Pick<ApplyStep, 'title' | 'text' | 'commands' | 'check' | 'undo'>,
): ApplyStep => ({
  target: account.on.key,
  phase: 'accounts',
  order,
  title,
  ...rest,
  causes: [account.path],
});

const lists = (what: string, id: string): string => `grep -qF ${word(`"${what}":"${id}"`)}`;

const hasUser = (user: string): string =>
  `${MANAGER} user list --output-format json | ${lists('userid', user)}`;

const hasToken = ({ user, spec }: PbsAccount): string =>
  `${MANAGER} user list-tokens ${word(user)} --output-format json | ${lists('tokenid', spec.id)}`;

/** The user itself, without a password. */
export const userStep = (account: PbsAccount): ApplyStep =>
  step(account, 20, {
    title: `Create user ${account.user}`,
    text: realmText(account.user),
    commands: [`offsite_user ${word(account.user)}`],
    check: [hasUser(account.user)],
    undo: [undoMade(`user ${account.user}`, `user remove ${word(account.user)}`)],
  });

/** Only what was made in this shell: the live host may have had it before. */
const undoMade = (name: string, command: string): string =>
  `offsite_unmake ${word(name)} ${MANAGER} ${command}`;

function realmText(user: string): string[] {
  if (user.endsWith('@pbs')) return [];
  if (user.endsWith('@pam')) return ['The Unix user of that name must exist on this host.'];
  return ['The realm must be configured on this PBS.'];
}

/**
 * `user update --password` is accepted and ignored since PBS 3.3, so the password goes through the API, which
 * `proxmox-backup-debug` calls as root@pam without asking for one.
 */
export function passwordStep(account: PbsAccount): ApplyStep {
  const file = secretFile(account.secret);
  return step(account, 30, {
    title: `Set the password of ${account.user}`,
    text: [
      `Reads \`${file}\`: one line, 8 to 64 characters. Without it the password stays as it is. While the command runs, other users of this host could see the password in the list of processes.`,
    ],
    commands: [
      [
        `if test -s ${word(file)}; then`,
        `  proxmox-backup-debug api set /access/password --userid ${word(account.user)} --password "$(cat ${word(file)})"`,
        'fi',
      ].join('\n'),
    ],
  });
}

export function tokenStep(account: PbsAccount, consumers: readonly Consumer[]): ApplyStep {
  const { user, token = '', spec, secret } = account;
  const uses = consumers.map(({ target, use }) => `${target} (${use})`).join(', ');
  const isForHere = consumers.some(({ target }) => target === account.on.key);
  return {
    target: account.on.key,
    phase: 'accounts',
    order: 40,
    title: `Generate token ${spec.id}`,
    text: [
      `The command prints the secret once, as \`value\`. Keep it as secret \`${secret}\`${uses === '' ? '.' : `; it is needed as \`${secretFile(secret)}\` on: ${uses}.`}`,
    ],
    commands: [
      `offsite_token ${word(user)} ${word(token)}`,
      ...(isForHere ? [`offsite_secret ${word(secret)}`] : []),
    ],
    check: [hasToken(account)],
    undo: [undoMade(`token ${spec.id}`, `user delete-token ${word(user)} ${word(token)}`)],
    causes: [account.path],
  };
}

/**
 * Before the new `user.cfg`, so that the secret goes too.
 * @param id of the token, or of the user.
 * @param isSecretGone no other account keeps its secret under that name.
 */
export function removeStep(account: PbsAccount, id: string, isSecretGone: boolean): ApplyStep {
  const { user, token = '', secret } = account;
  const isToken = id !== user;
  const [test, remove] = isToken
    ? [hasToken(account), `${MANAGER} user delete-token ${word(user)} ${word(token)}`]
    : [hasUser(user), `${MANAGER} user remove ${word(user)}`];
  return step(account, isToken ? 10 : 11, {
    title: `Remove retired ${isToken ? 'token' : 'user'} ${id}`,
    text: [
      'Backups that it owns stay.',
      ...(isSecretGone
        ? [
            `Its secret \`${secret}\` is of no use any more: delete it where it is kept, on hosts that used it too.`,
          ]
        : []),
    ],
    commands: [`offsite_withdraw ${word(id)}`, [`if ${test}; then`, `  ${remove}`, 'fi'].join('\n')],
    check: [`! ${test}`],
    undo: ['# make the account active in the topology again, and apply: it gets a new secret'],
  });
}
