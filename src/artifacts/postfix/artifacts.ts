/** The files of a relay client: parameters of `main.cf`, and the tables that they name. */
import type { Host } from '../../model/topology.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import type { Lowered } from '../lowering.ts';
import { placeholder } from '../secrets.ts';
import { type Property, property } from '../sections.ts';
import { DIRECTORY, type HostsRelay, nextHop, parametersOf, sendsRootMail, TABLES } from './relay.ts';

export interface PostfixView {
  readonly parameters: readonly { readonly key: string; readonly value: string }[];
}

export interface PostfixMapView {
  readonly purpose: string;
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

type Placed = Lowered['artifacts'][number];
type File = Omit<ConstructorParameters<typeof ColumnFile>[0], 'target'>;

/**
 * Tables first, so that `main.cf` names none that is missing; unused ones are empty, so that no old password stays.
 * `texthash:` tables are read as they are: no `postmap` makes a database of them (DATABASE_README).
 */
export function relayArtifacts(one: HostsRelay): (host: Host) => Placed[] {
  const first = passwords(one);
  const rest = [
    ...(sendsRootMail(one) ? [table(TABLES.recipients, 'Who gets the mail to root.', rootEntry(one))] : []),
    mainCf(one),
  ];
  const senders = sendersOf(one);
  return host => {
    const target = host.key;
    const own = table(TABLES.senders, 'Sender of mail that leaves this host.', senders(host));
    const files = [new ColumnFile({ ...first, target }), new ColumnFile({ ...own, target })];
    for (const file of rest) files.push(new ColumnFile({ ...file, target }));
    return files;
  };
}

function mainCf(one: HostsRelay): File {
  const parameters = parametersOf(one);
  return {
    ...common(parameters),
    kind: 'postfix',
    folder: 'merge',
    path: `${DIRECTORY}/main.cf`,
    ownership: 'keys',
    mode: '0644',
    secrets: [],
    view: { parameters: plain(parameters) } satisfies PostfixView,
  };
}

function passwords(one: HostsRelay): File {
  const { path, spec } = one.notification;
  const purpose = 'Login at the relay.';
  if (spec.username === undefined || spec.secret === undefined)
    return { ...table(TABLES.passwords, purpose, []), mode: '0600' };
  const value = `${spec.username}:${placeholder(spec.secret, 'plain')}`;
  const causes = [[...path, 'username'], [...path, 'secret'], ...one.relay.serverCauses];
  const entries = property(nextHop(one), value, ...causes);
  const filled = table(TABLES.passwords, purpose, entries);
  return { ...filled, folder: 'fill', mode: '0600', secrets: [spec.secret] };
}

/**
 * Local senders become the declared one, since relays refuse senders that the login does not own. The table holds for
 * recipients too, so that a domain to which mail shall go is not in it (generic(5)).
 */
function sendersOf({ notification, recipients }: HostsRelay): (host: Host) => readonly Property[] {
  const { path, spec } = notification;
  const sender = spec.from_address;
  if (sender === undefined) return () => [];
  const at = [...path, 'from_address'];
  const root: Property = { key: 'root', value: sender, causes: [at] };
  const addresses = recipients.map(({ value }) => value.toLowerCase());
  const isFree = (domain: string) => !addresses.some(address => address.endsWith(domain));
  return host => {
    const entries = [root];
    const name = host.spec.fqdn === undefined ? undefined : `@${host.spec.fqdn.toLowerCase()}`;
    const short = `@${host.key}`;
    const isShort = name === short;
    if (name !== undefined && !isShort && isFree(name))
      entries.push({ key: name, value: sender, causes: [at, [...host.path, 'fqdn']] });
    if (isFree(short)) entries.push({ key: short, value: sender, causes: [at, host.path] });
    return entries;
  };
}

function rootEntry({ recipients }: HostsRelay): readonly Property[] {
  const addresses = recipients.map(({ value }) => value).join(', ');
  return property('root', addresses, ...recipients.flatMap(({ causes }) => causes));
}

function table(path: string, purpose: string, entries: readonly Property[]): File {
  return {
    ...common(entries),
    kind: 'postfix-map',
    folder: 'root',
    path,
    ownership: 'whole',
    mode: '0644',
    secrets: [],
    view: { purpose, entries: plain(entries) } satisfies PostfixMapView,
  };
}

function common(entries: readonly Property[]) {
  const columns = new ColumnList(entries.length);
  for (const { key, value, causes } of entries) columns.add(key, '', -1, value, causes);
  return { owner: 'root', group: 'root', columns, phase: 'notify' } as const;
}

const plain = (entries: readonly Property[]) => entries.map(({ key, value }) => ({ key, value }));
