/**
 * Jobs whose messages go by mail alone, past every target and matcher of the notification system.
 * PBS: mode of the datastore; mail goes to the address of `notify-user`, if it has one, and `notify` can silence a kind
 * of job (`src/server/notifications/mod.rs`). PVE: mode of the job, or `auto` with `mailto` (`PVE/VZDump.pm`).
 */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, Flow, SyncFlow, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { activeOnes } from './in-use.ts';

export type PbsJob = 'gc' | 'prune' | 'sync' | 'verify';

export interface LegacyMail {
  /** Where the mode is declared. */
  readonly path: TopologyPath;
  /** Why nobody gets mail about an error, as the end of a sentence; undefined: somebody does. */
  readonly silentBecause: string | undefined;
  /** How somebody would. */
  readonly help: string;
}

/** Undefined: the notification system takes the messages of the flow, as it does for all that is no job of Proxmox. */
export function legacyMailOf(topology: Topology, flow: Flow): LegacyMail | undefined {
  if (flow.kind === 'sync') return legacyMailOfJob(topology, nearStore(flow), 'sync');
  if (flow.kind !== 'backup' && flow.kind !== 'vzdump') return undefined;
  const { spec, path } = flow;
  const mode = spec.notification_mode;
  const mailto = spec.properties?.['mailto'];
  const isMailed = mailto !== undefined && /[^\s,;]/.test(String(mailto));
  if (mode !== 'legacy-sendmail' && !(mode === 'auto' && isMailed)) return undefined;
  return {
    path: [...path, 'notification_mode'],
    silentBecause: isMailed ? undefined : 'without `mailto` under `properties` it goes to nobody',
    help: 'use `notification_mode: notification-system`, or give `mailto` under `properties`',
  };
}

/** The same for a job of a datastore. */
export function legacyMailOfJob(
  topology: Topology,
  { spec, path, host }: Datastore,
  job: PbsJob,
): LegacyMail | undefined {
  if (spec.notification_mode !== 'legacy-sendmail') return undefined;
  const user = String(spec.properties?.['notify-user'] ?? ROOT);
  const level = new RegExp(`(?:^|,)\\s*${job}=(\\w+)`).exec(String(spec.properties?.['notify'] ?? ''))?.[1];
  const hasAddress = addressed(topology).has(`${host.key} ${user}`);
  return {
    path: [...path, 'notification_mode'],
    silentBecause:
      level === 'never'
        ? '`notify` says `never`'
        : hasAddress
          ? undefined
          : `the user ${user} that it goes to has no \`email\``,
    help:
      level === 'never'
        ? 'use `notification_mode: notification-system`, or take that out of `notify`'
        : `use \`notification_mode: notification-system\`, or declare an account "${user}" on \`${host.key}\` with an \`email\``,
  };
}

const ROOT = 'root@pam';

/** The datastore whose settings count for a sync job: that of the PBS that runs it. */
export const nearStore = ({ direction, from, to }: SyncFlow): Datastore =>
  direction === 'push' ? from.datastore : to.datastore;

/** Users with an address in the `user.cfg` that is rendered, as `host user`. A token's counts where its user is not declared. */
const addressed = memo((topology: Topology): ReadonlySet<string> => {
  const declared = new Map<string, boolean>();
  const implied = new Set<string>();
  for (const account of activeOnes(topology.accounts)) {
    if (account.kind !== 'pbs') continue;
    const name = `${account.on.key} ${account.user}`;
    const has = account.spec.email !== undefined;
    if (account.token === undefined) declared.set(name, has || declared.get(name) === true);
    else if (has) implied.add(name);
  }
  const found = [...declared].filter(([, has]) => has).map(([name]) => name);
  return new Set([...found, ...[...implied].filter(name => !declared.has(name))]);
});
