/**
 * Forwarding on hosts that pass on the traffic of others: ends of tunnels, for the families of what they carry, and
 * routers between VLANs.
 */
import { routedBy } from '../../analyses/routers.ts';
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Topology, TunnelEnd } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { factList } from '../facts.ts';
import { type ApplyStep, type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';

export const SYSCTL_FILE = '/etc/sysctl.d/90-offsite.conf';
const KEYS = { 4: 'net.ipv4.ip_forward', 6: 'net.ipv6.conf.all.forwarding' } as const;

export interface SysctlView {
  readonly of: 'tunnels' | 'VLANs';
  readonly settings: readonly { readonly key: string; readonly value: string }[];
}

export function lowerGatewaySysctl(topology: Topology): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const external: ExternalNote[] = [];
  for (const [host, ends] of forwarders(topology)) {
    const families = familiesOf(ends);
    const routed = routedBy(topology).get(host) ?? NONE;
    for (const { family, path } of routed) addCause(families, family, path);
    if (families.size === 0) continue;
    const causes = [...ends.map(end => end.path), ...routed.map(({ path }) => path)];
    if (!host.takesFiles) {
      external.push({
        name: host.key,
        title: `Forwarding on ${host.key}`,
        text: [
          'It must forward between these networks, and its firewall must let them pass in both directions.',
        ],
        blocks: [
          {
            language: 'text',
            text: [
              ...ends.flatMap(end => end.carries.map(vlan => vlan.ref)),
              ...new Set(routed.map(({ from, to }) => `${from.ref} → ${to.ref}`)),
            ].join('\n'),
          },
        ],
        causes,
      });
      continue;
    }
    const list = factList();
    const settings = [...families].sort().map(([family, causes]) => {
      list.one(KEYS[family], '1', causes);
      return { key: KEYS[family], value: '1' };
    });
    artifacts.push({
      kind: 'gateway-sysctl',
      target: host.key,
      folder: 'root',
      path: SYSCTL_FILE,
      ownership: 'whole',
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      view: { of: ends.length > 0 ? 'tunnels' : 'VLANs', settings } satisfies SysctlView,
      facts: list.facts,
      phase: 'network',
    });
    steps.push({
      target: host.key,
      phase: 'network',
      order: 55,
      title: 'Switch forwarding on',
      text: [
        ends.length === 0
          ? 'A firewall on this host must let the VLANs that it routes between pass in both directions.'
          : 'A firewall on this host must let the carried networks pass in both directions.',
        ...(families.has(6)
          ? [
              'With IPv6 forwarding on, the kernel no longer takes its own address from router advertisements.',
            ]
          : []),
      ],
      commands: [`sysctl -p ${SYSCTL_FILE}`],
      check: settings.map(({ key }) => `test "$(sysctl -n ${key})" = 1`),
      undo: [
        `offsite_put_back ${SYSCTL_FILE}`,
        '# forwarding stays on until the next start: this host may route for others',
      ],
      causes,
    });
  }
  return { ...emptyLowered, artifacts, steps, external };
}

const NONE: readonly never[] = [];

/** Active hosts that end a tunnel, with their ends, and those that route. */
function forwarders(topology: Topology) {
  const byHost = new Map<TunnelEnd['host'], TunnelEnd[]>();
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active') continue;
    for (const end of tunnel.ends) {
      if (end.host.state !== 'active') continue;
      push(byHost, end.host, end);
    }
  }
  for (const host of routedBy(topology).keys()) if (!byHost.has(host)) byHost.set(host, []);
  return byHost;
}

/** A hub forwards for its spokes even when it carries nothing itself. */
function familiesOf(ends: readonly TunnelEnd[]): Map<4 | 6, TopologyPath[]> {
  const families = new Map<4 | 6, TopologyPath[]>();
  for (const end of ends) {
    const vlans = end.isHub ? [...end.tunnel.endOf.keys()] : end.carries;
    for (const vlan of vlans) {
      const passes = end.isHub || vlan.nics.some(nic => nic.host !== end.host);
      if (!passes) continue;
      for (const { family } of vlan.prefixes) addCause(families, family, end.path);
    }
  }
  return families;
}

function addCause(families: Map<4 | 6, TopologyPath[]>, family: 4 | 6, path: TopologyPath): void {
  const causes = families.get(family);
  if (causes === undefined) families.set(family, [path]);
  else if (!causes.includes(path)) causes.push(path);
}
