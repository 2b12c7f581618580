import { atValue } from '../diagnostics/diagnostic.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';

export const samePublicKey: Rule = {
  id: 'same-public-key',
  severity: 'error',
  summary: 'Two tunnel ends have one public key.',
  why: 'WireGuard tells peers apart by their keys alone: of two peers with one key the last one wins. A key on two hosts also means that the private key was copied.',
  fix: 'Generate a key pair on each host (`wg genkey`) and write its public key.',
  example: {
    bad: 'ends: { gw-home: { public_key: qW1O… }, gw-dc: { public_key: qW1O… } }',
    good: 'ends: { gw-home: { public_key: qW1O… }, gw-dc: { public_key: duBU… } }',
  },
  *check({ topology }) {
    const ends = [...topology.tunnels.values()]
      .filter(({ state }) => state !== 'retired')
      .flatMap(tunnel => tunnel.ends);
    for (const [first, again] of repeated(ends, end => end.publicKey)) {
      const within = first.tunnel === again.tunnel;
      // Several tunnels of one host may share its key.
      if (!within && first.host === again.host) continue;
      yield {
        severity: within ? 'error' : 'warning',
        message: `\`${again.key}\` in tunnel \`${again.tunnel.key}\` has the public key of \`${first.key}\` in \`${first.tunnel.key}\``,
        place: atValue([...again.path, 'public_key']),
        related: [{ message: 'the same key', place: atValue([...first.path, 'public_key']) }],
        help: `generate a key pair on \`${again.key}\` and write its public key`,
      };
    }
  },
};
