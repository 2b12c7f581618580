import { atKey, atValue, type Place } from '../diagnostics/diagnostic.ts';
import type { Topology, TunnelEnd } from '../model/topology.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';

export const sameInterfaceTwice: Rule = {
  id: 'same-interface-twice',
  severity: 'error',
  summary: 'Two tunnels of a host share an interface name or a port, or an interface has the name of a NIC.',
  why: 'The second interface cannot be made, or cannot listen: one of the two tunnels stays down.',
  fix: 'Set `interface` or `port` at the end (or the tunnel) to another value.',
  example: {
    bad: 'to-dc: { interface: wg0, ends: { gw-home: … } }\nto-lab: { interface: wg0, ends: { gw-home: … } }',
    good: 'to-lab: { interface: wg1, port: 51821, ends: { gw-home: … } }',
  },
  *check({ topology }) {
    const ends = endsInUse(topology);
    for (const [first, again] of repeated(ends, end => `${end.host.key} ${end.interface}`)) {
      yield {
        message: `\`${again.host.key}\` would have two interfaces \`${again.interface}\`: of tunnel \`${first.tunnel.key}\` and of \`${again.tunnel.key}\``,
        place: declared(again, 'interface'),
        related: [{ message: 'the other tunnel', place: declared(first, 'interface') }],
        help: `set another \`interface\` for \`${again.host.key}\` in one of the two`,
      };
    }
    for (const [first, again] of repeated(ends, end => `${end.host.key} ${end.port}`)) {
      yield {
        message: `two tunnels of \`${again.host.key}\` listen on UDP port ${again.port}: \`${first.tunnel.key}\` and \`${again.tunnel.key}\``,
        place: declared(again, 'port'),
        related: [{ message: 'the other tunnel', place: declared(first, 'port') }],
        help: `set another \`port\` for \`${again.host.key}\` in one of the two`,
      };
    }
    for (const end of ends) {
      const nic = end.host.nics.get(end.interface);
      if (nic === undefined) continue;
      yield {
        message: `\`${end.interface}\` is the interface of tunnel \`${end.tunnel.key}\` and a NIC of \`${end.host.key}\``,
        place: declared(end, 'interface'),
        related: [{ message: 'the NIC', place: atKey(nic.path) }],
        help: 'name the interface of the tunnel otherwise; the tunnel needs no NIC of its own',
      };
    }
  },
};

const endsInUse = ({ tunnels }: Topology): TunnelEnd[] =>
  [...tunnels.values()].filter(({ state }) => state !== 'retired').flatMap(tunnel => tunnel.ends);

/** Where the value stands: at the end, at the tunnel, or nowhere (the default port). */
function declared({ spec, path, tunnel }: TunnelEnd, name: 'interface' | 'port'): Place {
  if (spec[name] !== undefined) return atValue([...path, name]);
  return tunnel.spec[name] === undefined ? atKey(path) : atValue([...tunnel.path, name]);
}
