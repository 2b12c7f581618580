import { faultFindings } from './network-fault.ts';
import type { NetworkRule } from './network-rule.ts';

export const networkReturnPath: NetworkRule = {
  id: 'network-return-path',
  severity: 'error',
  summary: 'Answers do not come back by the network that the connection must use.',
  why: 'A route on one side only is half a route: the answers leave by another interface, most often the default gateway. There they are lost, or dropped by a firewall that has never seen the question.',
  fix: 'The far side needs the way back: an interface on the network, or a route into the tunnel. Both follow from `carries`.',
  example: {
    bad: 'pbs-home: { nics: { ens18: { vlan: mgmt }, ens19: { vlan: storage }, ens20: { address: 10.20.30.5/24 } } } # nearer than the tunnel',
  },
  *check({ faulty }, causeOf) {
    const fallen = faulty.flatMap(verdict => {
      const { backFault: fault, back: walk, connection } = verdict;
      if (fault === undefined) return [];
      const packets = `answers of \`${connection.to?.key}\` to ${walk?.destination.text}`;
      return [{ verdict, fault, walk, packets }];
    });
    yield* faultFindings(fallen, causeOf);
  },
};
