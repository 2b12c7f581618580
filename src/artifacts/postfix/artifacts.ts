/** The files of a relay client: parameters of `main.cf`, and the tables that they name. */
import type { Artifact } from '../artifact.ts';
import { factList } from '../facts.ts';
import type { Lowered } from '../lowering.ts';
import { placeholder } from '../secrets.ts';
import { type Property, property } from '../sections.ts';
import {
  DIRECTORY,
  type HostRelay,
  nextHop,
  parametersOf,
  recipientsOf,
  sendsRootMail,
  TABLES,
} from './relay.ts';

export interface PostfixView {
  readonly parameters: readonly { readonly key: string; readonly value: string }[];
}

export interface PostfixMapView {
  readonly purpose: string;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

type Placed = Lowered['artifacts'][number];

/**
 * Tables first, so that `main.cf` names none that is missing; unused ones are empty, so that no old password stays.
 * `texthash:` tables are read as they are: no `postmap` makes a database of them (DATABASE_README).
 */
export function relayArtifacts(one: HostRelay): Placed[] {
  return [
    passwords(one),
    table(one, TABLES.senders, 'Sender of mail that leaves this host.', sendersOf(one)),
    ...(sendsRootMail(one)
      ? [table(one, TABLES.recipients, 'Who gets the mail to root.', rootEntry(one))]
      : []),
    mainCf(one),
  ];
}

function mainCf(one: HostRelay): Placed {
  const parameters = parametersOf(one);
  return {
    ...common(one, parameters),
    kind: 'postfix',
    folder: 'merge',
    path: `${DIRECTORY}/main.cf`,
    ownership: 'keys',
    mode: '0644',
    secrets: [],
    view: { parameters: plain(parameters) } satisfies PostfixView,
  };
}

function passwords(one: HostRelay): Placed {
  const { path, spec } = one.notification;
  const purpose = 'Login at the relay.';
  if (spec.username === undefined || spec.secret === undefined)
    return { ...table(one, TABLES.passwords, purpose, []), mode: '0600' };
  const value = `${spec.username}:${placeholder(spec.secret, 'plain')}`;
  const causes = [[...path, 'username'], [...path, 'secret'], ...one.relay.serverCauses];
  const entries = property(nextHop(one), value, ...causes);
  const filled = table(one, TABLES.passwords, purpose, entries);
  return { ...filled, folder: 'fill', mode: '0600', secrets: [spec.secret] };
}

/**
 * Local senders become the declared one, since relays refuse senders that the login does not own. The table holds for
 * recipients too, so that a domain to which mail shall go is not in it (generic(5)).
 */
function sendersOf(one: HostRelay): readonly Property[] {
  const { host, notification } = one;
  const { path, spec } = notification;
  if (spec.from_address === undefined) return [];
  const at = [...path, 'from_address'];
  const recipients = recipientsOf(one).map(({ value }) => value.toLowerCase());
  const domains = [
    { name: host.spec.fqdn?.toLowerCase(), cause: [...host.path, 'fqdn'] },
    { name: host.key, cause: host.path },
  ].flatMap(({ name, cause }) =>
    name === undefined || recipients.some(address => address.endsWith(`@${name}`))
      ? []
      : property(`@${name}`, spec.from_address, at, cause),
  );
  const unique = new Map(domains.map(domain => [domain.key, domain]));
  return [...property('root', spec.from_address, at), ...unique.values()];
}

function rootEntry(one: HostRelay): readonly Property[] {
  const recipients = recipientsOf(one);
  const addresses = recipients.map(({ value }) => value).join(', ');
  return property('root', addresses, ...recipients.flatMap(({ causes }) => causes));
}

function table(one: HostRelay, path: string, purpose: string, entries: readonly Property[]): Placed {
  return {
    ...common(one, entries),
    kind: 'postfix-map',
    folder: 'root',
    path,
    ownership: 'whole',
    mode: '0644',
    secrets: [],
    view: { purpose, entries: plain(entries) } satisfies PostfixMapView,
  };
}

function common({ host }: HostRelay, entries: readonly Property[]) {
  const list = factList();
  for (const { key, value, causes } of entries) list.one(key, value, causes);
  const owner = { owner: 'root', group: 'root' } satisfies Partial<Artifact>;
  return { target: host.key, ...owner, facts: list.facts, phase: 'notify' as const };
}

const plain = (entries: readonly Property[]) => entries.map(({ key, value }) => ({ key, value }));
