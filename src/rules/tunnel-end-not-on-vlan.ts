import { carriedBy } from '../analyses/routes.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const tunnelEndNotOnVlan: Rule = {
  id: 'tunnel-end-not-on-vlan',
  severity: 'error',
  summary: 'A tunnel end carries a VLAN on which its host has no address.',
  why: 'The hosts of the VLAN reach the tunnel by the address that its end has among them. Without one they have no next hop, and their traffic leaves by the default gateway.',
  fix: 'Give the host an interface with an address on the VLAN, or carry the VLAN by an end that has one.',
  example: {
    bad: 'tunnels: { backup: { carries: [home/storage], … } } # gw-home has no NIC on storage',
    good: 'gw-home: { nics: { lan0.30: { vlan: storage, address: 10.10.30.1 } } }',
  },
  *check({ topology }) {
    for (const tunnel of topology.tunnels.values()) {
      if (tunnel.state === 'retired') continue;
      for (const [vlan, end] of tunnel.endOf) {
        const nics = [...end.host.nics.values()].filter(nic => nic.vlan === vlan);
        if (nics.some(nic => nic.addresses.length > 0)) continue;
        const [nic] = nics;
        const [path = end.path] = carriedBy(end, vlan);
        yield {
          message: `tunnel \`${tunnel.key}\` carries \`${vlan.ref}\` by \`${end.key}\`, which has no ${nic ? 'known address' : 'interface'} on it`,
          place: path === tunnel.path ? atKey(path) : atValue(path),
          related: [
            nic
              ? { message: 'the interface', place: atKey(nic.path) }
              : { message: 'the interfaces of the host', place: atKey([...end.host.path, 'nics']) },
          ],
          help: nic
            ? `give \`${nic.key}\` a fixed address`
            : `add an interface with \`vlan: ${vlan.key}\` and an address to \`${end.key}\``,
        };
      }
    }
  },
};
