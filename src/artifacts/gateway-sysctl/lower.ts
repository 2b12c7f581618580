/** Forwarding on hosts that pass on the traffic of others: ends of tunnels, for the families of what they carry. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Topology, TunnelEnd } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { factList } from '../facts.ts';
import { type ApplyStep, type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';

export const SYSCTL_FILE = '/etc/sysctl.d/90-offsite.conf';
const KEYS = { 4: 'net.ipv4.ip_forward', 6: 'net.ipv6.conf.all.forwarding' } as const;

export interface SysctlView {
  readonly settings: readonly { readonly key: string; readonly value: string }[];
}

export function lowerGatewaySysctl(topology: Topology): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const external: ExternalNote[] = [];
  for (const [host, ends] of forwarders(topology)) {
    const families = familiesOf(ends);
    if (families.size === 0) continue;
    if (!host.takesFiles) {
      external.push({
        name: host.key,
        title: `Forwarding on ${host.key}`,
        text: [
          'It must forward between these networks, and its firewall must let them pass in both directions.',
        ],
        blocks: [
          { language: 'text', text: ends.flatMap(end => end.carries.map(vlan => vlan.ref)).join('\n') },
        ],
        causes: ends.map(end => end.path),
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
      view: { settings } satisfies SysctlView,
      facts: list.facts,
      phase: 'network',
    });
    steps.push({
      target: host.key,
      phase: 'network',
      order: 55,
      title: 'Switch forwarding on',
      text: [
        'A firewall on this host must let the carried networks pass in both directions.',
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
      causes: ends.map(end => end.path),
    });
  }
  return { ...emptyLowered, artifacts, steps, external };
}

/** Active hosts that end a tunnel, with their ends. */
function forwarders(topology: Topology) {
  const byHost = new Map<TunnelEnd['host'], TunnelEnd[]>();
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active') continue;
    for (const end of tunnel.ends) {
      if (end.host.state !== 'active') continue;
      push(byHost, end.host, end);
    }
  }
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
      for (const { family } of vlan.prefixes) {
        const causes = families.get(family);
        if (causes === undefined) families.set(family, [end.path]);
        else if (!causes.includes(end.path)) causes.push(end.path);
      }
    }
  }
  return families;
}
