import { atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import { keyProblem } from '../formats/authorized-keys/key.ts';
import type { Finding, Rule } from './rule.ts';

export const sshKeyUnusable: Rule = {
  id: 'ssh-key-unusable',
  severity: 'error',
  summary: 'A host key or public key is not one that SSH takes.',
  why: 'A key that was cut off or mistyped is ignored by sshd and ssh: the flow that needs it cannot log in.',
  fix: 'Copy the whole line again: `ssh-keygen -y -f KEY` prints a public key, `ssh-keyscan HOST` a host key.',
  example: { bad: 'host_key: ssh-ed25519 AAAA', good: 'host_key: pending' },
  *check({ topology }) {
    for (const { path, spec } of topology.hosts.values()) {
      const key = spec.ssh?.host_key;
      if (key !== undefined) yield* judge(key, [...path, 'ssh', 'host_key']);
    }
    for (const account of topology.accounts.values()) {
      if (account.kind === 'ssh') yield* judge(account.spec.public_key, [...account.path, 'public_key']);
    }
  },
};

function* judge(key: string, path: TopologyPath): Generator<Finding> {
  const fault = keyFault(key);
  if (fault !== undefined) yield { ...fault, place: atValue(path) };
}

export function keyFault(key: string): Omit<Finding, 'place'> | undefined {
  if (key === 'pending') return undefined;
  const [type = '', blob = ''] = key.split(' ');
  const problem = keyProblem(type, blob);
  if (problem === undefined) return undefined;
  return { message: `\`${key.slice(0, 40)}\` cannot be used: ${problem}`, help: 'copy the whole key again' };
}
