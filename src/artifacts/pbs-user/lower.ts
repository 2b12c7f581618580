/** `user.cfg`, and the commands that make what it cannot: passwords and token secrets. */
import { activeOnes } from '../../analyses/in-use.ts';
import type { Host, PbsAccount, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { goneNote } from '../gone-note.ts';
import type { ApplyStep, Change, ExternalNote, Lowered, Need } from '../lowering.ts';
import { isRendered, pbsHosts } from '../pbs-hosts.ts';
import { secretFile } from '../secrets.ts';
import { sectionFiles } from '../section-files.ts';
import type { Section } from '../sections.ts';
import { type Consumer, secretConsumers } from './consumers.ts';
import { identitySections } from './identities.ts';
import { passwordStep, removeStep, tokenStep, userStep } from './steps.ts';

export function lowerPbsUser(topology: Topology): Lowered {
  const accounts = groupBy([...topology.accounts.values()].filter(isPbs), ({ on }) => on);
  const consumers = secretConsumers(topology);
  const secrets = secretsInUse(topology);
  const sections = new Map<Host, readonly Section[]>();
  const steps: ApplyStep[] = [];
  const needs: Need[] = [];
  const changes: Change[] = [];
  const external: ExternalNote[] = [];
  for (const host of pbsHosts(topology)) {
    const own = accounts.get(host) ?? [];
    const active = own.filter(({ state }) => state === 'active');
    if (!isRendered(host)) {
      for (const account of active) external.push(accountNote(account, consumers.get(account) ?? []));
      for (const [id, { path }] of leftOver(own, active))
        external.push(goneNote(host.key, `account ${id}`, ['Backups that it owns stay.'], [path]));
      continue;
    }
    sections.set(host, identitySections(host, active));
    const users = usersOf(active);
    const withPassword = active.filter(hasPassword);
    const tokens = active.filter(({ token }) => token !== undefined);
    for (const account of users) {
      steps.push(userStep(account));
      changes.push(change(account, 'creates', 'user', account.user));
    }
    for (const account of withPassword) {
      steps.push(passwordStep(account));
      needs.push(passwordNeed(account));
    }
    for (const account of tokens) {
      steps.push(tokenStep(account, consumers.get(account) ?? []));
      changes.push(change(account, 'creates', 'token', account.spec.id));
    }
    for (const [id, account] of leftOver(own, active)) {
      steps.push(removeStep(account, id, !secrets.has(account.secret)));
      changes.push(change(account, 'removes', id.includes('!') ? 'token' : 'user', id));
    }
  }
  const files = sectionFiles(topology, { kind: 'pbs-user', file: 'user.cfg', phase: 'accounts', sections });
  return {
    ...files,
    steps,
    changes,
    needs: [...needs, ...files.needs],
    external: [...external, ...files.external],
  };
}

const isPbs = (account: { readonly kind: string }): account is PbsAccount => account.kind === 'pbs';

/** One account of each user, the last, in the order of the first. */
function usersOf(active: readonly PbsAccount[]): Iterable<PbsAccount> {
  const users = new Map<string, PbsAccount>();
  for (const account of active) if (isOrdinary(account)) users.set(account.user, account);
  return users.values();
}

/** root@pam is the system's: nothing is created for it. */
const isOrdinary = ({ user }: PbsAccount): boolean => user !== 'root@pam';

/** Only the `pbs` realm keeps passwords in PBS. */
const hasPassword = ({ token, user }: PbsAccount): boolean => token === undefined && user.endsWith('@pbs');

/**
 * Ids that only retired accounts have, tokens first. With its last token a user goes that no account declares: it was made
 * for them, and the new file lacks it.
 */
function leftOver(own: readonly PbsAccount[], active: readonly PbsAccount[]): Map<string, PbsAccount> {
  const inUse = new Set(active.flatMap(({ spec, user }) => [spec.id, user]));
  const retired = own.filter(({ state }) => state === 'retired');
  const tokens = retired.filter(({ token }) => token !== undefined);
  const users = retired.filter(isOrdinary);
  return new Map(
    [
      ...tokens.map(account => [account.spec.id, account] as const),
      ...users.map(account => [account.user, account] as const),
    ].filter(([id]) => !inUse.has(id)),
  );
}

/** A new token may be kept under the name of the one before. */
const secretsInUse = ({ accounts }: Topology): ReadonlySet<string> =>
  new Set(activeOnes(accounts).map(({ secret }) => secret));

const change = (account: PbsAccount, verb: Change['verb'], kind: string, name: string): Change => ({
  target: account.on.key,
  verb,
  kind,
  name,
  causes: [account.path],
});

const passwordNeed = (account: PbsAccount): Need => ({
  target: account.on.key,
  kind: 'secret',
  name: account.secret,
  placed: '/etc/proxmox-backup/shadow.json',
  what: `password of ${account.user} on ${account.on.key}`,
  causes: [account.path],
});

function accountNote(account: PbsAccount, consumers: readonly Consumer[]): ExternalNote {
  const { on, spec, token, secret, path } = account;
  const uses = consumers.map(({ target, use }) => `${target} (${use})`).join(', ');
  return {
    name: on.key,
    title: `Account ${spec.id}`,
    text: [
      `This PBS is run by others. It must have the ${token === undefined ? 'user' : 'API token'} \`${spec.id}\`.`,
      ...settingsOf(account),
      ...(uses === '' ? [] : [`Its secret goes as \`${secretFile(secret)}\` to: ${uses}.`]),
    ],
    blocks: [],
    causes: [path],
  };
}

/** What of `user.cfg` has a meaning for whoever else runs the PBS. */
function settingsOf({ spec }: PbsAccount): string[] {
  const { enable, expire, email } = spec;
  const settings = [
    ...(enable === false ? ['it is disabled'] : []),
    ...(expire ? [`it expires (\`expire ${expire}\`, in seconds since 1970)`] : []),
    ...(email === undefined ? [] : [`its mail goes to \`${email}\``]),
  ];
  return settings.length === 0 ? [] : [`As declared, ${settings.join(', ')}.`];
}
