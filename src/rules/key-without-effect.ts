import { activeOnes } from '../analyses/in-use.ts';
import { KEEP_RULES } from '../analyses/retention-keep.ts';
import { localPlace } from '../artifacts/fstab/runner.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { valueAt } from '../diagnostics/value-at.ts';
import type {
  Account,
  BackupFlow,
  Bucket,
  Datastore,
  Flow,
  Host,
  Namespace,
  Node,
  Share,
  Topology,
  Tunnel,
  VzdumpFlow,
} from '../model/topology.ts';
import { memo } from '../once.ts';
import type { Finding, Rule } from './rule.ts';

/** A key that the schema accepts and that nothing reads beside what else is declared. */
interface Case<T> {
  /** From the object to the key. */
  readonly steps: readonly string[];
  /** Why it does nothing; undefined: it has an effect. */
  idle(one: T, topology: Topology): string | undefined;
}

const when = (isIdle: boolean, reason: string): string | undefined => (isIdle ? reason : undefined);

/** PVE sends mail of its own in these modes, in `auto` when there is somebody to send it to. */
const MAILING: ReadonlySet<unknown> = new Set(['auto', 'legacy-sendmail']);
const isJob = (flow: Flow): flow is BackupFlow | VzdumpFlow =>
  flow.kind === 'backup' || flow.kind === 'vzdump';

const FLOW: readonly Case<Flow>[] = [
  {
    steps: ['remote'],
    idle: flow => when(flow.kind === 'sync' && flow.direction === 'local', 'a local sync has no remote'),
  },
  {
    steps: ['max_delete'],
    idle: ({ spec }) =>
      when(
        !('propagate_deletions' in spec && spec.propagate_deletions === true),
        'without `propagate_deletions` nothing is deleted',
      ),
  },
  {
    steps: ['properties', 'mailto'],
    idle: flow =>
      when(
        isJob(flow) && !MAILING.has(flow.spec.notification_mode),
        'the job tells the notification system: `notification_mode` is not `legacy-sendmail`',
      ),
  },
  {
    steps: ['properties', 'mailnotification'],
    idle: flow =>
      when(
        isJob(flow) &&
          !(MAILING.has(flow.spec.notification_mode) && flow.spec.properties?.['mailto'] !== undefined),
        'it is for mail in mode `legacy-sendmail` to `mailto`',
      ),
  },
];

const TUNNEL: readonly Case<Tunnel>[] = [
  {
    steps: ['subnet'],
    idle: ({ ends }) =>
      when(
        ends.every(({ spec }) => spec.address === undefined),
        'no end has an `address`',
      ),
  },
  {
    steps: ['subnet6'],
    idle: ({ ends }) =>
      when(
        ends.every(({ spec }) => spec.address6 === undefined),
        'no end has an `address6`',
      ),
  },
  { steps: ['hub'], idle: ({ kind }) => when(kind !== 'hub', `the tunnel is a ${kind}`) },
  {
    steps: ['port'],
    idle: ({ ends }) =>
      when(
        ends.length > 0 && ends.every(({ spec }) => spec.port !== undefined),
        'every end has a `port` of its own',
      ),
  },
];

/** Of a datastore and of a namespace. */
const PLACE: readonly Case<Datastore | Namespace>[] = [
  {
    steps: ['verify', 'outdated_after'],
    idle: ({ spec }) =>
      when(spec.verify?.ignore_verified === false, '`ignore_verified: false` verifies everything each time'),
  },
  ...['schedule', 'max_depth'].map(
    (key): Case<Datastore | Namespace> => ({
      steps: ['retention', key],
      idle: ({ spec: { retention = {} } }) => {
        // Beside numbers it is a contradiction: an error of its own.
        const isAlone = KEEP_RULES.every(rule => retention[rule] === undefined);
        return when(retention.keep_all === true && isAlone, 'with `keep_all` there is no prune job');
      },
    }),
  ),
];
const notLegacy = ({ spec }: Datastore) =>
  when(spec.notification_mode !== 'legacy-sendmail', 'it is for `notification_mode: legacy-sendmail`');

const DATASTORE: readonly Case<Datastore>[] = [
  ...PLACE,
  { steps: ['properties', 'notify'], idle: notLegacy },
  { steps: ['properties', 'notify-user'], idle: notLegacy },
];

const SHARE: readonly Case<Share>[] = [
  {
    steps: ['export'],
    idle: ({ protocol }) => when(protocol === 'none', 'with `protocol: none` it is not exported'),
  },
  {
    steps: ['mountpoint'],
    idle: (share, topology) =>
      when(
        !mountedShares(topology).has(share),
        'no flow that runs on another host uses it, and PVE mounts a share at `path` of its storage',
      ),
  },
];

/** Shares whose mount point is rendered: for flows that run elsewhere, and as the directory of a storage of their own PVE. */
const mountedShares = memo(({ flows, storages }: Topology): ReadonlySet<Share> => {
  const found = new Set<Share>();
  for (const flow of flows.values()) {
    if (flow.kind !== 'rsync' && flow.kind !== 'rclone') continue;
    const { share } = localPlace(flow);
    if (share.host !== flow.runsOn) found.add(share);
  }
  for (const { backing, cluster } of storages.values())
    if (backing.kind === 'share' && backing.place.share.host.cluster === cluster)
      found.add(backing.place.share);
  return found;
});

const BUCKET: readonly Case<Bucket>[] = [
  {
    steps: ['provider_id'],
    idle: ({ spec }) =>
      spec.endpoint === undefined
        ? when(spec.provider !== 'cloudflare', `no endpoint of \`${spec.provider}\` contains it`)
        : '`endpoint` is given as a whole',
  },
];

const ACCOUNT: readonly Case<Account>[] = [
  {
    steps: ['email'],
    idle: (account, topology) =>
      when(
        account.kind === 'pbs' &&
          account.token !== undefined &&
          usersOf(topology).has(`${account.on.key} ${account.user}`),
        'a token has none, and its user is declared as an account of its own',
      ),
  },
];

/** Users that are declared, as `host user`. */
const usersOf = memo(
  (topology: Topology): ReadonlySet<string> =>
    new Set(
      activeOnes(topology.accounts).flatMap(account =>
        account.kind === 'pbs' && account.token === undefined ? [`${account.on.key} ${account.user}`] : [],
      ),
    ),
);

const ON_NAS = 'only what runs on a NAS has it';
const HOST: readonly Case<Host>[] = [
  { steps: ['work_dir'], idle: ({ takesFiles }) => when(takesFiles, ON_NAS) },
  { steps: ['user'], idle: ({ takesFiles }) => when(takesFiles, ON_NAS) },
];

export const keyWithoutEffect: Rule = {
  id: 'key-without-effect',
  needsAll: true,
  severity: 'warning',
  summary: 'A key is accepted and does nothing beside what else is declared.',
  why: 'Whoever reads it believes otherwise. Most often another key is missing, or the kind of the object has changed and the key was left behind.',
  fix: 'Remove the key, or declare what gives it an effect.',
  example: {
    bad: 'to-cloud: { kind: rclone, max_delete: 10, … }',
    good: 'to-cloud: { kind: rclone, propagate_deletions: true, max_delete: 10, … }',
  },
  *check({ topology }) {
    const { hosts, tunnels, datastores, shares, buckets, accounts, flows } = topology;
    yield* judge(topology, 'host', activeOnes(hosts), HOST);
    yield* judge(topology, 'tunnel', activeOnes(tunnels), TUNNEL);
    yield* judge(topology, 'datastore', activeOnes(datastores), DATASTORE);
    for (const { namespaces } of activeOnes(datastores))
      if (namespaces.size > 0) yield* judge(topology, 'namespace', [...namespaces.values()], PLACE);
    yield* judge(topology, 'share', activeOnes(shares), SHARE);
    yield* judge(topology, 'bucket', activeOnes(buckets), BUCKET);
    yield* judge(topology, 'account', activeOnes(accounts), ACCOUNT);
    yield* judge(topology, 'flow', activeOnes(flows), FLOW);
  },
};

function* judge<T extends Node<object>>(
  topology: Topology,
  what: string,
  objects: readonly T[],
  cases: readonly Case<T>[],
): Iterable<Finding> {
  for (const one of objects) {
    for (const { steps, idle } of cases) {
      if (valueAt(one.spec, steps) === undefined) continue;
      const reason = idle(one, topology);
      if (reason === undefined) continue;
      yield {
        message: `\`${steps.join('.')}\` of ${what} \`${one.key}\` has no effect: ${reason}`,
        place: atKey([...one.path, ...steps]),
        help: 'remove it, or declare what gives it an effect',
      };
    }
  }
}
