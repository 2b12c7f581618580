/** Users and tokens of each PBS: declared accounts, the users that declared tokens belong to, and root@pam. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host, PbsAccount } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { property, propertyAt, type Section, section } from '../sections.ts';

const ROOT = 'root@pam';

/** `sections` of `user.cfg` for the active accounts of one host. */
export function identitySections(host: Host, accounts: readonly PbsAccount[]): Section[] {
  const users = accounts.filter(({ token }) => token === undefined);
  const tokens = accounts.filter(({ token }) => token !== undefined);
  const declared = new Set(users.map(({ user }) => user));
  const implied = new Map<string, PbsAccount[]>();
  for (const account of tokens) {
    if (declared.has(account.user)) continue;
    push(implied, account.user, account);
  }
  // PBS adds root@pam with this comment on its next save if it is missing.
  const root = declared.has(ROOT) || implied.has(ROOT) ? [] : [rootSection([host.path])];
  return [
    ...root,
    ...users.map(userSection),
    ...[...implied].map(([user, owned]) => impliedSection(user, owned)),
    ...tokens.map(tokenSection),
  ];
}

const rootSection = (causes: readonly TopologyPath[]): Section =>
  section('user', ROOT, causes, [property('comment', 'Superuser', ...causes)]);

function userSection(account: PbsAccount): Section {
  const comment = account.spec.comment ?? (account.user === ROOT ? 'Superuser' : undefined);
  const commentAt = account.spec.comment === undefined ? account.path : [...account.path, 'comment'];
  return section(
    'user',
    account.user,
    [[...account.path, 'id'], account.path],
    [
      property('comment', comment, commentAt),
      propertyAt('email', account.spec.email, account.path, 'email'),
      limits(account),
    ],
  );
}

/** Enabled and never expiring is not written: PBS drops both on a save (`proxmox-backup/src/api2/access/user.rs`). */
const limits = ({ spec, path }: PbsAccount) => [
  ...propertyAt('enable', spec.enable === false ? false : undefined, path, 'enable'),
  ...propertyAt('expire', spec.expire || undefined, path, 'expire'),
];

/** The user of declared tokens: no password, so that nobody logs in as it. */
function impliedSection(user: string, tokens: readonly PbsAccount[]): Section {
  const withEmail = tokens.find(({ spec }) => spec.email !== undefined);
  const causes = tokens.map(({ path }) => [...path, 'id']);
  return section('user', user, causes, [
    user === ROOT ? property('comment', 'Superuser', ...causes) : [],
    withEmail === undefined ? [] : property('email', withEmail.spec.email, [...withEmail.path, 'email']),
  ]);
}

const tokenSection = (account: PbsAccount): Section =>
  section(
    'token',
    account.spec.id,
    [[...account.path, 'id'], account.path],
    [propertyAt('comment', account.spec.comment, account.path, 'comment'), limits(account)],
  );
