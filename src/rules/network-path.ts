import { faultFindings } from './network-fault.ts';
import type { NetworkRule } from './network-rule.ts';

export const networkPath: NetworkRule = {
  id: 'network-path',
  severity: 'error',
  summary: 'A connection, forwarded over the rendered files, does not take the declared network.',
  why: 'Routes, AllowedIPs and addresses of all hosts on the way decide together. Traffic that leaves the declared network fails, or it silently takes the management network or the internet.',
  fix: 'The message names the host and interface where packets leave the way, and the line that sends them there. Change what the topology says of that place.',
  example: {
    bad: 'tunnels: { backup: { state: planned } }\nflows: { pull: { kind: sync, via: backup } } # leaves by the default route',
    good: 'tunnels: { backup: { state: active } }',
  },
  *check({ faulty }, causeOf) {
    const fallen = faulty.flatMap(verdict => {
      const { fault, forward, connection } = verdict;
      if (fault === undefined) return [];
      const address = forward === undefined ? '' : ` to ${connection.address}`;
      return [
        { verdict, fault, walk: forward, packets: `packets from \`${connection.from.key}\`${address}` },
      ];
    });
    yield* faultFindings(fallen, causeOf);
  },
};
