/**
 * Static routes of a host as a fragment in `interfaces.d/`: the rest of the network belongs to the host. `replace`
 * is idempotent and takes a changed next hop; the `unreachable` twin outlives the NIC, so that traffic fails loudly
 * instead of leaving by the default gateway (ifupdown2; interfaces(5); ip-route(8)).
 */
import { type Fallback, type Route, staticRoutes, tunnelFallbacks } from '../../analyses/routes.ts';
import type { Host, Topology } from '../../model/topology.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import { type ApplyStep, type ExternalNote, emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { AWAIT_IPV6 } from '../tentative.ts';

/** Metric below every real route of that prefix; the kernel's own default for IPv6 is 1024. */
const FALLBACK_METRIC = ' metric 4278198272';
export const FRAGMENT = '/etc/network/interfaces.d/offsite';

interface Stanza {
  readonly name: string;
  readonly family: 'inet' | 'inet6';
  readonly up: readonly string[];
}
export interface RoutesView {
  readonly stanzas: readonly Stanza[];
}

export function lowerStaticRoutes(topology: Topology): Lowered {
  const routes = staticRoutes(topology);
  const fallbacks = tunnelFallbacks(topology);
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const external: ExternalNote[] = [];
  const needs: Need[] = [];
  for (const host of topology.hosts.values()) {
    if (host.state !== 'active') continue;
    const own = routes.get(host) ?? NONE;
    const closed = fallbacks.get(host) ?? NONE;
    if (host.takesFiles && host.nics.size > 0) {
      const isEmpty = own.length + closed.length === 0;
      const { view, columns } = isEmpty ? NO_ROUTES : fragment(own, closed);
      artifacts.push(
        new ColumnFile({
          kind: 'static-routes',
          target: host.key,
          folder: 'root',
          path: FRAGMENT,
          ownership: 'whole',
          mode: '0644',
          owner: 'root',
          group: 'root',
          secrets: [],
          view,
          columns,
          phase: 'network',
        }),
      );
      steps.push(removeStale(host));
      if (!isEmpty) {
        steps.push(reload(host, own, closed));
        if (!hasReloader(host)) {
          needs.push(reloader(host));
          steps.push(reloaderStep(host));
        }
      }
    } else if (own.length > 0) external.push(note(host, own));
  }
  return { ...emptyLowered, artifacts, steps, external, needs };
}

const NONE: readonly never[] = [];

function fragment(
  routes: readonly Route[],
  closed: readonly Fallback[],
): { view: RoutesView; columns: FactColumns } {
  const all = closed.length === 0 ? routes : [...routes, ...closed];
  const columns = new ColumnList();
  /** Stanzas of one interface are read as one. */
  const interfaces = new Map<string, { section: string; stanzas: number; ups: number }>();
  const stanzas: { name: string; family: 'inet' | 'inet6'; up: string[] }[] = [];
  for (const route of all) {
    const { nic, destination, causes } = route;
    const name = nic.key;
    const family = destination.family === 4 ? 'inet' : 'inet6';
    let known = interfaces.get(name);
    if (known === undefined) {
      known = { section: `iface ${name}`, stanzas: 0, ups: 0 };
      interfaces.set(name, known);
    }
    let stanza = stanzas.at(-1);
    if (stanza?.name !== name || stanza.family !== family) {
      stanza = { name, family, up: [] };
      stanzas.push(stanza);
      columns.add(known.section, 'stanza', known.stanzas++, `${family} static`, [nic.path]);
    }
    // A route, and what remains when its NIC or its tunnel is gone.
    const up = (command: string): void => {
      stanza.up.push(command);
      columns.add(known.section, 'up', known.ups++, command, causes);
    };
    if ('gateway' in route) {
      if (destination.family === 6 && stanza.up.length === 0) up(AWAIT_IPV6);
      up(routeCommand(route));
    }
    const unreachable = `ip -${destination.family} route replace unreachable ${destination.text}${FALLBACK_METRIC}`;
    up(unreachable);
  }
  return { view: { stanzas }, columns };
}

const NO_ROUTES = fragment(NONE, NONE);

function routeCommand({ destination, nic, gateway, source, mtu }: Route): string {
  const limit = mtu === undefined ? '' : ` mtu ${mtu}`;
  return `ip -${destination.family} route replace ${destination.text} via ${gateway} dev ${nic.key} src ${source}${limit}`;
}

/** Removing a line from the fragment does not remove the route: ifreload leaves it until the link goes down. */
const REMOVE_STALE = {
  phase: 'network',
  order: 40,
  title: 'Remove routes that the new fragment no longer has',
  text: [
    'A reload adds and changes routes, and leaves those whose line has gone. Run this before the new fragment is installed.',
  ],
  commands: [`offsite_drop_routes root${FRAGMENT}`],
} as const;

const removeStale = (host: Host): ApplyStep => ({ target: host.key, ...REMOVE_STALE, causes: [host.path] });

/** PVE and PBS bring ifupdown2; Debian's own ifupdown refuses a second stanza of an interface. */
const hasReloader = ({ roles }: Host): boolean => roles.has('pve') || roles.has('pbs');

const reloader = (host: Host): Need => ({
  target: host.key,
  kind: 'package',
  name: 'ifupdown2',
  byStep: true,
  causes: [host.path],
});

/**
 * Installing it takes the interfaces of ifupdown down and brings none up (CumulusNetworks/ifupdown2, issues 177 and 198).
 */
function reloaderStep(host: Host): ApplyStep {
  const nics = [...host.nics.values()].filter(({ addresses, spec }) => addresses.length > 0 || spec.dhcp);
  return {
    target: host.key,
    phase: 'network',
    order: 30,
    title: 'Put ifupdown2 in the place of ifupdown',
    text: [
      "Debian's own ifupdown does not read the fragment with the routes. **The network goes down for some seconds**, and stays down if `/etc/network/interfaces` does not say all of it: have a console at hand, and read that file first.",
      'Nothing happens where ifupdown2 is installed. Where something else runs the network the command stops: add the routes of `root/etc/network/interfaces.d/offsite` there, and leave this step and the others about routes out.',
    ],
    commands: [`offsite_replace_ifupdown ${nics.map(({ key }) => word(key)).join(' ')}`],
    check: ['command -v ifreload', 'systemctl is-enabled networking', 'ip -br address'],
    undo: [
      '# at the console, if ifupdown was replaced here:',
      'apt-get install -y /root/offsite-kept/*/ifupdown_*.deb && systemctl restart networking',
    ],
    causes: [host.path],
  };
}

const RELOAD = ['offsite_reload_network'];

const RELOAD_TEXT = [
  'The main file must source the fragment after its own stanzas. A failing `up` line is a warning with exit status 0, so look at the routes afterwards.',
];
const RELOAD_CLOSED_TEXT = [
  'While the tunnel is down its networks are unreachable, so that nothing leaves in clear by the default route.',
  ...RELOAD_TEXT,
];

function reload(host: Host, routes: readonly Route[], closed: readonly Fallback[]): ApplyStep {
  const check: string[] = [];
  const flush: string[] = [];
  const causes = [host.path];
  const addFlush = ({ destination, tunnel }: Route | Fallback): void => {
    flush.push(`ip -${destination.family} route flush exact ${destination.text}`);
    if (tunnel !== undefined) causes.push(tunnel.path);
  };
  for (const route of routes) {
    const { destination, source, gateway, nic } = route;
    addFlush(route);
    check.push(
      `ip -${destination.family} route get ${hostIn(route)} from ${source} | grep -F 'via ${gateway} dev ${nic.key}'`,
    );
  }
  for (const fallback of closed) {
    const { destination } = fallback;
    addFlush(fallback);
    check.push(`ip -${destination.family} route show exact ${destination.text} | grep -w unreachable`);
  }
  return {
    target: host.key,
    phase: 'network',
    order: 60,
    title: 'Load the static routes',
    text: closed.length > 0 ? RELOAD_CLOSED_TEXT : RELOAD_TEXT,
    commands: RELOAD,
    check,
    undo: [...new Set(flush), `offsite_put_back ${FRAGMENT}`, 'ifreload -a'],
    causes,
  };
}

/** Some address inside the destination, for `ip route get`. */
function hostIn({ destination }: Route): string {
  const network = destination.text.slice(0, destination.text.indexOf('/'));
  if (destination.family === 6) return network.endsWith('::') ? `${network}1` : network;
  const dot = network.lastIndexOf('.') + 1;
  return network.slice(0, dot) + Math.min(Number(network.slice(dot)) + 1, 255);
}

function note(host: Host, routes: readonly Route[]): ExternalNote {
  const where =
    host.os === 'dsm'
      ? 'Control Panel → Network → Static Route → Create, one entry per line. Look again after each DSM update.'
      : 'Whoever runs the host adds these routes; they must survive a reboot.';
  return {
    name: host.key,
    title: `Static routes of ${host.key}`,
    text: [
      where,
      `Without them the answers to what comes ${routes.some(({ tunnel }) => tunnel === undefined) ? 'from there' : 'through the tunnel'} leave by the default gateway.`,
    ],
    blocks: [
      {
        language: 'text',
        text: routes
          .map(
            route =>
              `${route.destination.text} via ${route.gateway} (interface ${route.nic.key}, own address ${route.source})`,
          )
          .join('\n'),
      },
    ],
    causes: routes.flatMap(route => route.causes),
  };
}
