/**
 * Users and API tokens of PVE as `pveum` commands. Never `user.cfg` as a file: it holds people whom the topology does
 * not know, and a token in it would have no secret (pve-access-control `src/PVE/AccessControl.pm`).
 */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Cluster, PveAccount, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import {
  type ApplyStep,
  type Change,
  type ExternalNote,
  emptyLowered,
  type Lowered,
  type Need,
} from '../lowering.ts';
import { isRenderedCluster, pveClusters, whereText } from '../pve-storage/clusters.ts';
import { word } from '../shell-words.ts';
import { makeCommands, noteMade, revokeCommands, undoCommand } from './commands.ts';
import { accountText, isLocalRealm, retireText } from './text.ts';

/** Linear in accounts and their grants. */
export function lowerPveAccounts(topology: Topology): Lowered {
  const accounts = [...topology.accounts.values()].filter(account => account.kind === 'pve');
  const groups = groupBy(accounts, ({ on }) => on);
  const parts = pveClusters(topology).map(cluster => lowerCluster(cluster, groups.get(cluster) ?? []));
  return {
    ...emptyLowered,
    steps: parts.flatMap(part => part.steps),
    needs: parts.flatMap(part => part.needs),
    changes: parts.flatMap(part => part.changes),
    external: parts.flatMap(part => part.external),
    diagnostics: parts.flatMap(part => part.diagnostics),
  };
}

function lowerCluster(cluster: Cluster, accounts: readonly PveAccount[]): Lowered {
  const active = accounts.filter(({ state }) => state === 'active');
  const diagnostics = active.flatMap(account => [...idProblem(account), ...declaredOnly(account)]);
  if (!isRenderedCluster(cluster)) {
    const external = active.length === 0 ? [] : [note(cluster, active)];
    return { ...emptyLowered, diagnostics, external };
  }
  const retired = accounts.filter(({ state }) => state === 'retired');
  const kept = grantsOf(active);
  return {
    ...emptyLowered,
    // Users before their tokens, whatever their keys are.
    steps: [
      ...active.map(account => makeStep(cluster, account)),
      ...retired.map(account => retireStep(cluster, account, kept)),
    ],
    needs: active.flatMap(account => passwordNeed(cluster, account)),
    changes: [
      ...active.map(account => change(cluster, account, 'creates')),
      ...retired.flatMap(account => removal(cluster, account, kept)),
    ],
    diagnostics,
  };
}

/** What active accounts keep: their users, and each user's grants as `user role path`. */
function grantsOf(active: readonly PveAccount[]): ReadonlySet<string> {
  return new Set(
    active.flatMap(({ user, spec }) => [
      user,
      ...(spec.grants ?? []).map(({ role, path }) => `${user} ${role} ${path}`),
    ]),
  );
}

/** A one-letter token, or one that does not start with a letter, is dropped by PVE together with its rights. */
function idProblem({ token, path }: PveAccount): Diagnostic[] {
  if (token === undefined || /^[A-Za-z][A-Za-z0-9._-]+$/.test(token)) return [];
  return [
    {
      code: 'bad-id',
      severity: 'error',
      message: `"${token}" cannot be the name of a token in PVE`,
      place: atValue([...path, 'id']),
      help: 'a letter, then letters, digits, ".", "_" and "-", at least 2 characters',
    },
  ];
}

/** What PVE has for users and not for tokens. */
function declaredOnly({ key, path, token, spec }: PveAccount): Diagnostic[] {
  const given = (['enable', 'email'] as const).filter(name => spec[name] !== undefined);
  if (token === undefined || given[0] === undefined) return [];
  return [
    {
      code: 'declared-only',
      // Somebody counts on it that nobody can log in.
      severity: spec.enable === false ? 'warning' : 'info',
      message: `${given.map(name => `\`${name}\``).join(' and ')} of account \`${key}\` ${given.length === 1 ? 'is' : 'are'} not rendered`,
      place: atKey([...path, given[0]]),
      help: 'a token has none: declare the user as an account of its own',
    },
  ];
}

const makeStep = (cluster: Cluster, account: PveAccount): ApplyStep => ({
  target: cluster.target,
  phase: 'accounts',
  order: account.token === undefined ? 20 : 30,
  title: `PVE ${account.token === undefined ? 'user' : 'token'} ${account.spec.id}`,
  text: [...whereText(cluster), ...accountText(account)],
  commands: makeCommands(account, noteMade),
  check: [`pveum user permissions ${word(account.spec.id)}`],
  undo: [undoCommand(account)],
  causes: [account.path],
});

const retireStep = (cluster: Cluster, account: PveAccount, kept: ReadonlySet<string>): ApplyStep => ({
  target: cluster.target,
  phase: 'accounts',
  order: 60,
  title: `Remove PVE ${account.token === undefined ? 'user' : 'token'} ${account.spec.id}`,
  text: [...whereText(cluster), ...retireText(account, kept)],
  commands: revokeCommands(account, kept),
  undo: ['# make the account active in the topology again, and apply'],
  causes: [account.path],
});

const change = (cluster: Cluster, { spec, token, path }: PveAccount, verb: Change['verb']): Change => ({
  target: cluster.target,
  verb,
  kind: token === undefined ? 'user' : 'token',
  name: spec.id,
  causes: [path],
});

/** A user that active tokens still belong to stays. */
const removal = (cluster: Cluster, account: PveAccount, kept: ReadonlySet<string>): Change[] =>
  account.token === undefined && kept.has(account.user) ? [] : [change(cluster, account, 'removes')];

const passwordNeed = (cluster: Cluster, account: PveAccount): Need[] =>
  account.token !== undefined || !isLocalRealm(account)
    ? []
    : [
        {
          target: cluster.target,
          kind: 'secret',
          name: account.secret,
          placed: '/etc/pve/priv/shadow.cfg',
          what: `password of ${account.user} in PVE`,
          typed: true,
          causes: [account.path],
        },
      ];

const note = (cluster: Cluster, accounts: readonly PveAccount[]): ExternalNote => ({
  name: cluster.target,
  title: `Accounts on ${cluster.key}`,
  text: ['This PVE is run by others. The deployment counts on these users, tokens and rights.'],
  blocks: [{ language: 'sh', text: accounts.flatMap(account => makeCommands(account)).join('\n') }],
  causes: accounts.map(({ path }) => path),
});
