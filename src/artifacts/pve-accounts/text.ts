/** What APPLY.md says about accounts of PVE. */
import type { PveAccount } from '../../model/topology.ts';

/** The realm whose passwords PVE keeps itself; `pam` is the node's own, the others are somebody else's. */
export const isLocalRealm = ({ user }: PveAccount): boolean => user.endsWith('@pve');

const STAYS =
  'Going back removes it only if this step made it: what was there before stays, with the settings and rights that it has now.';

export function accountText(account: PveAccount): string[] {
  const { token, secret, user, spec } = account;
  const rights =
    spec.grants === undefined || spec.grants.length === 0
      ? ['It is given no rights: the topology declares no `grants`.']
      : [];
  if (token !== undefined) {
    return [
      `A new token prints its secret once and never again: write it down as \`${secret}\` where secrets are kept, and bring it to the program that uses it. It goes neither into the topology nor into \`out/\`. Nothing is printed when the token exists.`,
      ...(rights.length > 0
        ? rights
        : [`Rights are given to the token and to ${user}: the token has what both have.`]),
      STAYS,
    ];
  }
  if (isLocalRealm(account))
    return [
      `The password is \`${secret}\`, typed at the prompt: in a command it would stand in the process list. It is asked for once, when the user is made; \`pveum passwd ${user}\` asks again.`,
      ...rights,
      STAYS,
    ];
  return [`The password of ${user} is kept by its realm, not by PVE.`, ...rights, STAYS];
}

export function retireText({ token, user }: PveAccount, kept: ReadonlySet<string>): string[] {
  if (token === undefined) {
    return kept.has(user)
      ? [`Only rights are taken: tokens of ${user} are still used.`]
      : ['Its tokens and rights go with it.'];
  }
  return [
    `The token stops working at once. The user ${user} stays${kept.has(user) ? '' : `; when nothing else uses it: \`pveum user delete ${user}\``}.`,
  ];
}
