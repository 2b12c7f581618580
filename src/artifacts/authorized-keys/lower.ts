/**
 * The far end of rsync flows: a key that is let in for one command from one address. A block in `authorized_keys` where
 * we place files, steps for a NAS, a note for hosts that others run.
 */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import { keyOption } from '../../formats/authorized-keys/quote.ts';
import type { Host, SshAccount, Topology } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { factList } from '../facts.ts';
import {
  type ApplyStep,
  type Change,
  emptyLowered,
  type Lowered,
  type Need,
  type Withheld,
} from '../lowering.ts';
import { word } from '../shell-words.ts';
import { type FarEnd, farEnds } from '../unit-rsync/far-end.ts';
import { runsScripts } from '../unit-trigger/runs.ts';
import { directoryStep, dsmRemoveStep, dsmStep, goneLogin, note } from './steps.ts';

export interface AuthorizedKeysView {
  readonly lines: readonly string[];
}

/** A login on a host, with every key of ours that it lets in. */
interface Login {
  readonly host: Host;
  readonly user: string;
  readonly accounts: SshAccount[];
  readonly ends: FarEnd[];
}

export function lowerAuthorizedKeys(topology: Topology): Lowered {
  const ends = farEnds(topology).ends.filter(({ account }) => account.on.state === 'active');
  const known = ends.filter(({ account }) => account.publicKey !== undefined);
  const pending = ends.filter(({ account }) => account.publicKey === undefined);
  const artifacts: Lowered['artifacts'][number][] = [];
  const withheld: Withheld[] = [];
  const needs: Need[] = [];
  const retired: Login[] = [];
  const left = leftAccounts(topology);
  for (const login of logins(ends, left)) {
    if (!placesFile(login.host, login.user)) continue;
    if (login.ends.length === 0) {
      retired.push(login);
      continue;
    }
    const waiting = login.ends.filter(({ account }) => account.publicKey === undefined);
    if (waiting.length > 0) withheld.push(withheldBy(login, waiting));
    else artifacts.push(block(login));
    needs.push(...needsOf(login));
  }
  const others = known.filter(({ account }) => !placesFile(account.on, account.spec.user));
  const gone = goneKeys(left, ends).filter(({ on, spec }) => !placesFile(on, spec.user));
  return {
    ...emptyLowered,
    artifacts,
    withheld,
    needs,
    steps: [
      ...ends.filter(({ account }) => placesFile(account.on, account.spec.user)).flatMap(directoryStep),
      ...retired.map(removeStep),
      ...others.filter(({ account }) => runsScripts(account.on)).map(end => dsmStep(end, keyLine(end).text)),
      ...gone.filter(({ on }) => runsScripts(on)).map(dsmRemoveStep),
    ],
    changes: retired.map(removal),
    external: [
      ...others.filter(({ account }) => !runsScripts(account.on)).map(end => note(end, keyLine(end).text)),
      ...gone.filter(({ on }) => !runsScripts(on)).map(goneLogin),
    ],
    diagnostics: pending.map(pendingKey),
  };
}

/** root's file on a PVE node is a link into /etc/pve, which belongs to the cluster. */
const placesFile = (host: Host, user: string): boolean =>
  host.takesFiles && !(user === 'root' && host.roles.has('pve'));

/** Retired ones, and those of retired flows, on hosts that are still there. */
function leftAccounts({ accounts, flows }: Topology): SshAccount[] {
  const left = new Set<SshAccount>();
  for (const account of accounts.values())
    if (account.kind === 'ssh' && account.state === 'retired') left.add(account);
  for (const flow of flows.values())
    if (flow.kind === 'rsync' && flow.state === 'retired') left.add(flow.account);
  return [...left].filter(({ on }) => on.state === 'active');
}

/** Of those the ones with a key that no flow logs in with as the same user. */
function goneKeys(left: readonly SshAccount[], ends: readonly FarEnd[]): SshAccount[] {
  const loginOf = ({ on, spec, publicKey }: SshAccount): string =>
    `${on.key} ${spec.user} ${publicKey ?? ''}`;
  const used = new Set(ends.map(({ account }) => loginOf(account)));
  return left.filter(account => account.publicKey !== undefined && !used.has(loginOf(account)));
}

/** Sorted by host and user. @param left accounts without a flow, whose keys are to go away. */
function logins(ends: readonly FarEnd[], left: readonly SshAccount[]): Login[] {
  const found = new Map<string, Login>();
  const of = (account: SshAccount): Login => {
    const name = `${account.on.key} ${account.spec.user}`;
    const login = found.get(name) ?? { host: account.on, user: account.spec.user, accounts: [], ends: [] };
    found.set(name, login);
    if (!login.accounts.includes(account)) login.accounts.push(account);
    return login;
  };
  for (const end of ends) of(end.account).ends.push(end);
  for (const account of left) of(account);
  return [...found].sort(([a], [b]) => byBytes(a, b)).map(([, login]) => login);
}

export const homeOf = (user: string): string => (user === 'root' ? '/root' : `/home/${user}`);

function block(login: Login): Lowered['artifacts'][number] {
  const list = factList();
  const ends = [...login.ends].sort((a, b) => byBytes(a.account.key, b.account.key));
  const lines = ends.map((end, index) => {
    const { text, options, type, key } = keyLine(end);
    const { account, causes } = end;
    options.forEach((option, number) => {
      list.one(`key[${index}]/option[${number}]`, option, causes);
    });
    list.one(`key[${index}]/type`, type, [[...account.path, 'public_key']]);
    list.one(`key[${index}]/key`, key, [[...account.path, 'public_key']]);
    list.one(`key[${index}]/comment`, account.key, [account.path]);
    return text;
  });
  return {
    kind: 'authorized-keys',
    target: login.host.key,
    folder: 'merge',
    path: `${homeOf(login.user)}/.ssh/authorized_keys`,
    ownership: 'block',
    mode: '0600',
    owner: login.user,
    group: login.user,
    secrets: [],
    view: { lines } satisfies AuthorizedKeysView,
    facts: list.facts,
    phase: 'units',
  };
}

function keyLine({ account, command, from }: FarEnd) {
  const [type = '', key = ''] = (account.publicKey ?? '').split(' ');
  const source = from.join(',');
  const options = ['restrict', ...(source === '' ? [] : [`from=${source}`]), `command=${command}`];
  const written = [
    'restrict',
    ...(source === '' ? [] : [option('from', source)]),
    option('command', command),
  ].join(',');
  return { text: `${written} ${type} ${key} ${account.key}`, options, type, key };
}

/** Commands are made of validated paths; one that the file cannot carry would be our own mistake. */
function option(name: string, value: string): string {
  const quoted = keyOption(name, value);
  if (quoted === undefined) throw new Error(`no key option: ${JSON.stringify(value)}`);
  return quoted;
}

const needsOf = ({ host, user, accounts }: Login): Need[] => {
  const target = host.key;
  const causes = accounts.map(({ path }) => path);
  return [
    { target, kind: 'package', name: 'openssh-server', causes },
    { target, kind: 'package', name: 'rsync', causes },
    ...(user === 'root' ? [] : [{ target, kind: 'user' as const, name: user, causes }]),
    {
      target,
      kind: 'directory',
      name: `${homeOf(user)}/.ssh`,
      mode: '0700',
      owner: user,
      group: user,
      causes,
    },
  ];
};

const fileOf = ({ user }: Login): string => `${homeOf(user)}/.ssh/authorized_keys`;

const removal = (login: Login): Change => ({
  target: login.host.key,
  verb: 'removes',
  kind: 'key',
  name: fileOf(login),
  causes: login.accounts.map(({ path }) => path),
});

/** Where no flow logs in any more. */
function removeStep(login: Login): ApplyStep {
  const file = word(fileOf(login));
  return {
    target: login.host.key,
    phase: 'units',
    order: 10,
    title: `Remove the keys of retired flows from ${login.user}`,
    text: ['Other keys of this user stay.'],
    commands: [
      `if [ -e ${file} ]; then\n  offsite_merge_block /dev/null ${file} "$(stat -c %U:%G ${file})" 0600\nfi`,
    ],
    check: [`! grep -qsF '# BEGIN offsite' ${file}`],
    undo: [`offsite_put_back ${file}`],
    causes: login.accounts.map(({ path }) => path),
  };
}

const withheldBy = ({ host, user }: Login, waiting: readonly FarEnd[]): Withheld => ({
  target: host.key,
  path: `${homeOf(user)}/.ssh/authorized_keys`,
  how: `${waiting.map(howTo).join('; ')}. Render again then.`,
  causes: waiting.map(({ account }) => [...account.path, 'public_key']),
});

const howTo = ({ account, copies }: FarEnd): string =>
  `make the key of account \`${account.key}\` on ${[...new Set(copies.map(({ flow }) => `\`${flow.runsOn.key}\``))].join(' or ')} (its APPLY.md has the step) and write what \`ssh-keygen -y\` prints as its \`public_key\``;

const pendingKey = (end: FarEnd): Diagnostic => ({
  code: 'pending-value',
  severity: 'warning',
  message: `the public key of account \`${end.account.key}\` is pending: \`${end.account.on.key}\` does not let it in yet`,
  place: atValue([...end.account.path, 'public_key']),
  help: howTo(end),
});
