import { atKey, atValue, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Account, Topology } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const secretTwice: Rule = {
  id: 'secret-twice',
  severity: 'error',
  summary: 'One name stands for two secrets that cannot be the same.',
  why: 'The secret of a token is made by Proxmox, and a private key belongs to one public key. Under one name only one of the two can be filled in, and the other login fails.',
  fix: 'Give each secret a name of its own.',
  example: {
    bad: 'a: { kind: pbs, on: pbs, id: "a@pbs!x", secret: token }\nb: { kind: pbs, on: pbs, id: "b@pbs!y", secret: token }',
    good: 'b: { kind: pbs, on: pbs, id: "b@pbs!y", secret: token-b }',
  },
  *check({ topology }) {
    const first = new Map<string, Made>();
    const again = new Map<string, Made>();
    for (const made of secretsMade(topology)) {
      const known = first.get(made.name);
      if (known === undefined) first.set(made.name, made);
      else if (known.identity !== made.identity && !again.has(made.name)) again.set(made.name, made);
    }
    if (again.size === 0) return;
    for (const [name, one] of first) {
      const other = again.get(name);
      if (other === undefined) continue;
      yield {
        message: `\`${name}\` stands for ${one.what()} and for ${other.what()}`,
        place: placeOf(other),
        related: [{ message: 'the other one', place: placeOf(one) }],
        help: 'give each of the two a name of its own',
      };
    }
  },
};

interface Made {
  readonly name: string;
  /** What decides the secret: of two that differ in it, the secrets differ. */
  readonly identity: string;
  readonly what: () => string;
  /** What declares it, and under which key. */
  readonly by: { readonly path: TopologyPath; readonly spec: object };
  readonly key: string;
}

/** Secrets that one party makes for one use. Passwords that people choose may well be the same. */
function* secretsMade({ accounts, tunnels }: Topology): Iterable<Made> {
  for (const account of accounts.values()) {
    if (account.state === 'retired') continue;
    const identity = identityOf(account);
    if (identity === undefined) continue;
    const what = () => `the secret of account \`${account.key}\``;
    yield { name: account.secret, identity, what, by: account, key: 'secret' };
  }
  for (const tunnel of tunnels.values()) {
    if (tunnel.state === 'retired') continue;
    for (const end of tunnel.ends) {
      if (end.publicKey === undefined) continue;
      const what = () => `the private key of \`${end.key}\` in tunnel \`${tunnel.key}\``;
      yield { name: end.privateKey, identity: `wg ${end.publicKey}`, what, by: end, key: 'private_key' };
    }
    const name = tunnel.spec.preshared_key;
    if (name === undefined) continue;
    const what = () => `the preshared key of tunnel \`${tunnel.key}\``;
    yield { name, identity: 'preshared', what, by: tunnel, key: 'preshared_key' };
  }
}

/** Undefined: a password, or a key that nobody has made yet. */
function identityOf(account: Account): string | undefined {
  if (account.kind === 'ssh') return account.publicKey === undefined ? undefined : `ssh ${account.publicKey}`;
  if (account.kind === 's3' || account.token === undefined) return undefined;
  return `token ${account.on.key} ${account.spec.id}`;
}

/** The value, or the object where the name is the default. */
const placeOf = ({ by: { path, spec }, key }: Made): Place =>
  key in spec ? atValue([...path, key]) : atKey(path);
