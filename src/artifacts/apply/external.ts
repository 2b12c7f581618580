/**
 * What others configure, named in the APPLY.md of each target that relies on it, before anything is done there: a mount
 * waits for its export, a copy for the policy of its key, mail for its relay.
 */
import type { Cluster, Host, Site, Topology, Tunnel, TunnelEnd } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import type { ApplyStep, ExternalNote } from '../lowering.ts';
import { namedRelays } from '../postfix/notes.ts';
import { reliances, targetOf } from './providers.ts';

/** Names of notes for each target, in the order of the topology. @param names of all files below `_external/`. */
function externalNeeds(
  topology: Topology,
  names: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map<string, Set<string>>();
  if (names.size === 0) return needs;
  const need = (on: Host | Cluster, name: string): void => {
    if (!names.has(name)) return;
    const target = targetOf(on);
    const known = needs.get(target);
    if (known === undefined) needs.set(target, new Set([name]));
    else known.add(name);
  };
  /** Of the tunnels, the ends that others configure, by site. */
  const gateways = new Map<Tunnel, ReadonlyMap<Site, readonly TunnelEnd[]>>();
  // What a host itself is asked for, and what the other ends of its tunnels are.
  for (const host of topology.hosts.values()) need(host, host.key);
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active') continue;
    const asked = tunnel.ends.filter(({ host }) => names.has(host.key));
    gateways.set(
      tunnel,
      groupBy(asked, ({ host }) => host.site),
    );
    for (const end of asked) for (const { host } of end.peers) need(host, end.host.key);
  }
  for (const { user, provider } of reliances(topology)) need(user, provider.key);
  for (const { state, backing, host } of topology.datastores.values()) {
    if (state !== 'active') continue;
    if (backing.kind === 'iscsi') need(host, backing.lun.host.key);
    if (backing.kind === 's3') need(host, backing.bucket.key);
  }
  for (const flow of topology.flows.values()) {
    if (flow.state !== 'active' || flow.runsOn === undefined) continue;
    const site = 'site' in flow.runsOn ? flow.runsOn.site : flow.runsOn.nodes[0]?.site;
    if (flow.via.kind === 'tunnel' && site !== undefined)
      for (const { host } of gateways.get(flow.via.tunnel)?.get(site) ?? []) need(flow.runsOn, host.key);
    if (flow.kind === 'rsync') need(flow.runsOn, flow.account.on.key);
    if (flow.kind === 'rclone') need(flow.runsOn, flow.to.bucket.key);
  }
  for (const { notification, name } of namedRelays(topology))
    for (const on of notification.hosts) need(on, name);
  return needs;
}

/**
 * Steps by target. What each note is about is put into words once, and of a file with many (a relay of all sites) not all:
 * the reader looks there anyway.
 */
export function externalSteps(topology: Topology, external: readonly ExternalNote[]): readonly ApplyStep[] {
  const notes = new Map<string, { readonly line: string; readonly causes: ApplyStep['causes'] }>();
  const needed = external.filter(({ isGone }) => isGone !== true);
  for (const [name, all] of groupBy(needed, one => one.name))
    notes.set(name, { line: lineOf(name, all), causes: all[0]?.causes.slice(0, 1) ?? [] });
  const steps: ApplyStep[] = [];
  for (const [target, names] of externalNeeds(topology, new Set(notes.keys()))) {
    const lines = [...names].sort().flatMap(name => notes.get(name) ?? []);
    steps.push({
      target,
      phase: 'prepare',
      order: 6,
      title: 'What others configure',
      text: [
        'Below `out/_external/` stands what is set up by hand, at a provider or by somebody else. See to it first: steps below rely on it.',
        lines.map(({ line }) => line).join('\n'),
      ],
      commands: [],
      causes: lines.flatMap(({ causes }) => causes),
    });
  }
  return steps;
}

/**
 * What others take away once the steps of all targets are done: a step of the last one.
 * @param last name of that target.
 */
export function goneSteps(last: string | undefined, external: readonly ExternalNote[]): readonly ApplyStep[] {
  const gone = [...groupBy(external, one => one.name)].filter(([, all]) => all.some(({ isGone }) => isGone));
  if (last === undefined || gone.length === 0) return [];
  const lines = gone
    .map(([name, all]) =>
      lineOf(
        name,
        all.filter(({ isGone }) => isGone),
      ),
    )
    .sort();
  return [
    {
      target: last,
      phase: 'finish',
      order: 95,
      title: 'What others take away',
      text: [
        'This target is the last. Below `out/_external/` stands what retired objects have left with others.',
        lines.join('\n'),
      ],
      commands: [],
      causes: gone.flatMap(([, all]) => all.flatMap(({ causes }) => causes.slice(0, 1))),
    },
  ];
}

function lineOf(name: string, notes: readonly ExternalNote[]): string {
  const titles = [...new Set(notes.map(({ title }) => title))].sort();
  const more = titles.length > MAX_TITLES ? `; and ${titles.length - MAX_TITLES} more` : '';
  return `* \`out/_external/${name}.md\`: ${titles.slice(0, MAX_TITLES).join('; ')}${more}`;
}

const MAX_TITLES = 6;
