/** `pveum` commands that bring an account to what is declared, or take it away; each can be repeated. */
import type { PveAccount } from '../../model/topology.ts';
import { word } from '../shell-words.ts';
import { isLocalRealm } from './text.ts';

/** @param notes what runs the command that makes something: our function on a host, nothing for others' hosts. */
export const makeCommands = (account: PveAccount, notes: Notes = () => ''): string[] =>
  account.token === undefined ? userCommands(account, notes) : tokenCommands(account, account.token, notes);

type Notes = (name: string) => string;

export const noteMade: Notes = name => `offsite_make ${word(`PVE ${name}`)} `;

/** Only what was made in this shell: it may have been there before, with rights that nobody else remembers. */
export const undoCommand = ({ user, token, spec }: PveAccount): string =>
  token === undefined
    ? `offsite_unmake ${word(`PVE user ${user}`)} pveum user delete ${word(user)}`
    : `offsite_unmake ${word(`PVE token ${spec.id}`)} pveum user token remove ${word(user)} ${word(token)}`;

const hasUser = (user: string): string =>
  `pveum user list --output-format json | grep -qF ${word(`"userid":"${user}"`)}`;

const hasToken = (user: string, token: string): string =>
  `pveum user token list ${word(user)} --output-format json 2>/dev/null | grep -qF ${word(`"tokenid":"${token}"`)}`;

function userCommands(account: PveAccount, notes: Notes): string[] {
  const { user, spec } = account;
  const settings = [
    '--enable',
    spec.enable === false ? '0' : '1',
    '--expire',
    String(spec.expire ?? 0),
    '--email',
    spec.email ?? '',
    '--comment',
    spec.comment ?? '',
  ];
  const asks = isLocalRealm(account);
  const add = [
    ...(asks ? ['fresh='] : []),
    `if ! ${hasUser(user)}; then`,
    `  ${notes(`user ${user}`)}pveum user add ${word(user)}${asks ? ' && fresh=yes' : ''}`,
    'fi',
  ];
  return [
    add.join('\n'),
    `pveum user modify ${word(user)} ${settings.map(word).join(' ')}`,
    ...grants(account).map(({ options }) => `pveum acl modify ${options} --users ${word(user)}`),
    // Last: what is pasted behind it would be taken for the password.
    ...(asks ? [`if [ "$fresh" = yes ]; then pveum passwd ${word(user)}; fi`] : []),
  ];
}

/** The user of a token is made without a password where it is missing: nobody can log in as it. */
function tokenCommands(account: PveAccount, token: string, notes: Notes): string[] {
  const { user, spec } = account;
  const names = `${word(user)} ${word(token)}`;
  const settings = `--privsep 1 --expire ${spec.expire ?? 0} --comment ${word(spec.comment ?? '')}`;
  return [
    `${hasUser(user)} || ${notes(`user ${user}`)}pveum user add ${word(user)}`,
    [
      `if ${hasToken(user, token)}; then`,
      `  pveum user token modify ${names} ${settings}`,
      'else',
      `  ${notes(`token ${spec.id}`)}pveum user token add ${names} ${settings}`,
      'fi',
    ].join('\n'),
    ...grants(account).flatMap(({ options }) => [
      `pveum acl modify ${options} --users ${word(user)}`,
      `pveum acl modify ${options} --tokens ${word(spec.id)}`,
    ]),
  ];
}

const grants = ({ spec }: PveAccount) =>
  (spec.grants ?? []).map(({ role, path, propagate }) => ({
    options: `${word(path)} --roles ${word(role)} --propagate ${propagate === false ? '0' : '1'}`,
    role,
    path,
  }));

/** Deleting a user or token deletes its own rights, and a user's tokens. */
function deleteCommand({ user, token }: PveAccount): string {
  if (token === undefined) return `if ${hasUser(user)}; then pveum user delete ${word(user)}; fi`;
  return `if ${hasToken(user, token)}; then pveum user token remove ${word(user)} ${word(token)}; fi`;
}

/** What a retired account leaves: rights that active accounts of the same user have (`kept`) stay, and so does that user. */
export function revokeCommands(account: PveAccount, kept: ReadonlySet<string>): string[] {
  const { user, token, spec } = account;
  if (token === undefined && !kept.has(user)) return [deleteCommand(account)];
  const rights = (spec.grants ?? [])
    .filter(({ role, path }) => !kept.has(`${user} ${role} ${path}`))
    .map(({ role, path }) => `  pveum acl delete ${word(path)} --roles ${word(role)} --users ${word(user)}`);
  const revoke = rights.length === 0 ? [] : [[`if ${hasUser(user)}; then`, ...rights, 'fi'].join('\n')];
  return token === undefined ? revoke : [deleteCommand(account), ...revoke];
}
