import { activeOnes, runningFlows } from '../analyses/in-use.ts';
import { legacyMailOf, legacyMailOfJob, nearStore, type PbsJob } from '../analyses/legacy-mail.ts';
import { type Listeners, listenersOf, messageTypeOf, type Runner } from '../analyses/listeners.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Datastore, Flow, Notification, Topology } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Finding, Rule } from './rule.ts';

export const failureUnheard: Rule = {
  id: 'failure-unheard',
  needsAll: true,
  severity: 'warning',
  summary: 'When a flow fails, nobody is told, or only through the site that failed.',
  why: 'A backup that has stopped is noticed on the day it is needed. A mail server at the site of the backups is silent together with them.',
  fix: 'List the host or cluster under `hosts` of a notification whose server is at another place.',
  example: {
    bad: 'notifications: { mail: { kind: smtp, hosts: [pbs], … } }  # and the cluster that runs the jobs is in none',
    good: 'notifications: { mail: { kind: smtp, hosts: [pbs, pve], … } }',
  },
  *check({ topology }) {
    const flows = runningFlows(topology.flows);
    if (flows.length === 0) return;
    yield* unmailed(topology, flows);
    const notified = flows.filter(flow => legacyMailOf(topology, flow) === undefined);
    if (notified.length === 0) return;
    if (topology.notifications.size === 0) {
      yield {
        severity: 'info',
        message: 'nothing says who is told when a flow fails: `notifications` is empty',
        place: atKey(['flows']),
        help: 'declare where messages go; without it this is not checked',
      };
      return;
    }
    const listeners = listenersOf(topology);
    const byRunner = groupBy(notified, ({ runsOn }) => runsOn);
    const local = new Map<Notification, Runner[]>();
    const unheard: Runner[] = [];
    for (const [runner, own] of byRunner) {
      if (!runner.managed) continue;
      const heard = listeners.of(runner);
      if (heard.length === 0) unheard.push(runner);
      else if (heard.every(notification => isAtHome(listeners, notification, runner))) {
        const [notification] = heard;
        if (notification !== undefined) local.set(notification, [...(local.get(notification) ?? []), runner]);
      }
      if (heard.length > 0) yield* otherTypes(listeners, runner, own);
    }
    for (const [notification, runners] of groupBy(unheard, listeners.deafOf))
      if (notification !== undefined) yield takesNoErrors(notification, runners, byRunner);
    const uncovered = unheard.filter(runner => listeners.deafOf(runner) === undefined);
    for (const runners of groupBy(uncovered, runner => sitesOf(runner)[0]).values())
      yield silent(topology, runners, byRunner);
    for (const [notification, runners] of local) yield atHome(listeners, notification, runners);
  },
};

/** Mail of the old kind that goes to nobody: of flows and of what else a datastore runs. */
function* unmailed(topology: Topology, flows: readonly Flow[]): Iterable<Finding> {
  const syncs = groupBy(flows, flow => (flow.kind === 'sync' ? nearStore(flow) : undefined));
  for (const store of activeOnes(topology.datastores)) {
    if (store.spec.notification_mode !== 'legacy-sendmail' || !store.host.managed) continue;
    const lost = new Map<string, { readonly help: string; readonly jobs: string[] }>();
    const jobs = [...jobsOf(store), ...(syncs.has(store) ? (['sync'] as const) : [])];
    for (const job of jobs) {
      const { silentBecause, help = '' } = legacyMailOfJob(topology, store, job) ?? {};
      if (silentBecause === undefined) continue;
      const { jobs: same } = lost.get(silentBecause) ?? { jobs: [] };
      lost.set(silentBecause, { help, jobs: [...same, job] });
    }
    for (const [reason, { help, jobs: some }] of lost) {
      yield {
        message: `nobody is told when ${some.join(', ')} of \`${store.key}\` ${some.length === 1 ? 'fails' : 'fail'}: legacy-sendmail goes past every notification, and ${reason}`,
        place: atValue([...store.path, 'notification_mode']),
        help,
      };
    }
  }
  for (const flow of flows) {
    const mail =
      flow.kind === 'sync' || flow.runsOn?.managed !== true ? undefined : legacyMailOf(topology, flow);
    if (mail?.silentBecause === undefined) continue;
    yield {
      message: `nobody is told when \`${flow.key}\` fails: legacy-sendmail goes past every notification, and ${mail.silentBecause}`,
      place: atValue(mail.path),
      help: mail.help,
    };
  }
}

function jobsOf({ spec }: Datastore): PbsJob[] {
  const parts = [spec, ...Object.values(spec.namespaces ?? {})];
  return [
    ...(spec.gc === undefined ? [] : (['gc'] as const)),
    ...(parts.some(({ retention }) => retention?.schedule !== undefined) ? (['prune'] as const) : []),
    ...(parts.some(({ verify }) => verify?.schedule !== undefined) ? (['verify'] as const) : []),
  ];
}

/** The host is covered, and not what its flows send. */
function* otherTypes(listeners: Listeners, runner: Runner, flows: readonly Flow[]): Iterable<Finding> {
  for (const [type, same] of groupBy(flows, messageTypeOf)) {
    if (listeners.of(runner, type).length > 0) continue;
    const [some] = listeners.of(runner);
    yield {
      message: `nobody is told when ${listOf(same)} ${same.length === 1 ? 'fails' : 'fail'}: no notification of \`${runner.key}\` takes messages of type ${type}`,
      place: atKey(runner.path),
      related: some === undefined ? [] : [{ message: 'takes others', place: atKey([...some.path, 'types']) }],
      help: `add \`${type}\` to the \`types\` of a notification`,
    };
  }
}

/** One finding for a site. */
function silent(
  { notifications }: Topology,
  runners: readonly Runner[],
  byRunner: ReadonlyMap<Runner, readonly Flow[]>,
): Finding {
  // A host by itself is its own cluster, and stands once.
  const [first, ...others] = new Map(runners.map(runner => [runner.key, runner] as const)).values();
  const flows = runners.flatMap(runner => byRunner.get(runner) ?? []);
  const [some] = notifications.keys();
  return {
    message: `nobody is told when ${listOf(flows)} ${flows.length === 1 ? 'fails' : 'fail'}: no notification covers ${listOf(runners)}`,
    place: atKey(first?.path ?? ['hosts']),
    related: [
      ...others.slice(0, 7).map(({ key, path }) => ({ message: `nor \`${key}\``, place: atKey(path) })),
      ...flows
        .slice(0, 8)
        .map(({ key, path }) => ({ message: `runs unheard: \`${key}\``, place: atKey(path) })),
    ],
    help: `list ${listOf(runners)} under \`hosts\` of a notification, such as \`${some}\``,
  };
}

function takesNoErrors(
  { key, path }: Notification,
  runners: readonly Runner[],
  byRunner: ReadonlyMap<Runner, readonly Flow[]>,
): Finding {
  const flows = runners.flatMap(runner => byRunner.get(runner) ?? []);
  return {
    message: `nobody is told when ${listOf(flows)} ${flows.length === 1 ? 'fails' : 'fail'}: no notification of ${listOf(runners)} takes errors`,
    place: atKey([...path, 'severities']),
    related: flows
      .slice(0, 8)
      .map(flow => ({ message: `runs unheard: \`${flow.key}\``, place: atKey(flow.path) })),
    help: `add \`error\` and \`unknown\` to the \`severities\` of \`${key}\``,
  };
}

function listOf(nodes: readonly { readonly key: string }[]): string {
  const all = [...new Set(nodes.map(({ key }) => `\`${key}\``))];
  const names = all.slice(0, 4).join(', ');
  return all.length > 4 ? `${names} and ${all.length - 4} more` : names;
}

const sitesOf = (runner: Runner) => ('nodes' in runner ? runner.nodes : [runner]).map(({ site }) => site);

function isAtHome(listeners: Listeners, notification: Notification, runner: Runner): boolean {
  const server = listeners.serverOf(notification);
  return server !== undefined && sitesOf(runner).includes(server.site);
}

function atHome(listeners: Listeners, notification: Notification, runners: readonly Runner[]): Finding {
  const server = listeners.serverOf(notification);
  const { path, spec, key } = notification;
  return {
    message: `failures on ${listOf(runners)} are told only by \`${key}\` through \`${server?.key}\`, which is at the same site \`${server?.site.key}\``,
    place: atValue([...path, spec.relay === undefined ? 'server' : 'relay']),
    ...(server && { related: [{ message: 'the server', place: atKey(server.path) }] }),
    help: 'add a notification by another site or a provider',
  };
}
