import { atValue } from '../diagnostics/diagnostic.ts';
import { decided, type NetworkRule, others } from './network-rule.ts';

export const mtuBlackHole: NetworkRule = {
  id: 'mtu-black-hole',
  severity: 'warning',
  summary: 'Packets are larger than a part of their way takes.',
  why: 'Small packets pass and full ones vanish: the login works, and the backup hangs. A router could tell the sender, but a switch cannot, and many firewalls drop what the router says.',
  fix: 'Give all interfaces of a VLAN the same `mtu`, or lower that of the hosts that talk through something narrower.',
  example: {
    bad: 'pve-1: { nics: { vmbr1: { vlan: storage, mtu: 9000 } } } # gateway and VLAN: 1500',
    good: 'storage: { id: 30, subnet: 10.10.30.0/24, mtu: 9000 }',
  },
  *check({ blackHoles }, causeOf) {
    for (const { first, count } of blackHoles.values()) {
      const { verdict, hole } = first;
      const { what, path } = verdict.connection;
      const end = hole.told ? 'and all depends on the message that says so' : 'and nobody tells the sender';
      yield {
        message: `${what}${others(count)} may send packets of ${hole.size} bytes, ${hole.at} takes ${hole.limit}, ${end}`,
        place: atValue(path),
        related: hole.decision === undefined ? [] : decided('the narrow place', hole.decision, causeOf),
        help: 'make `mtu` equal on both sides, or lower it on the hosts that send',
      };
    }
  },
};
