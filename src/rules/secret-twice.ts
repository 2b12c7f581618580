import { atKey, atValue, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import { groupBy } from './group-by.ts';
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
    for (const [name, uses] of groupBy(secretsMade(topology), use => use.name)) {
      const [first, ...others] = uses;
      if (first === undefined) continue;
      const again = others.find(({ identity }) => identity !== first.identity);
      if (again === undefined) continue;
      yield {
        message: `\`${name}\` stands for ${first.what} and for ${again.what}`,
        place: again.place,
        related: [{ message: 'the other one', place: first.place }],
        help: 'give each of the two a name of its own',
      };
    }
  },
};

interface Made {
  readonly name: string;
  /** What decides the secret: of two that differ in it, the secrets differ. */
  readonly identity: string;
  readonly what: string;
  readonly place: Place;
}

/** Secrets that one party makes for one use. Passwords that people choose may well be the same. */
function* secretsMade({ accounts, tunnels }: Topology): Iterable<Made> {
  for (const account of accounts.values()) {
    const { kind, key, path, state, secret: name, spec } = account;
    if (state === 'retired') continue;
    const use = { name, what: `the secret of account \`${key}\``, place: placeOf(path, 'secret', spec) };
    if (kind === 'ssh' && account.publicKey !== undefined)
      yield { ...use, identity: `ssh ${account.publicKey}` };
    if ((kind === 'pbs' || kind === 'pve') && account.token !== undefined)
      yield { ...use, identity: `token ${account.on.key} ${account.spec.id}` };
  }
  for (const { key: tunnel, path, state, ends, spec } of tunnels.values()) {
    if (state === 'retired') continue;
    for (const { key, path: at, privateKey: name, publicKey, spec: end } of ends) {
      if (publicKey === undefined) continue;
      const what = `the private key of \`${key}\` in tunnel \`${tunnel}\``;
      yield { name, identity: `wg ${publicKey}`, what, place: placeOf(at, 'private_key', end) };
    }
    if (spec.preshared_key === undefined) continue;
    const what = `the preshared key of tunnel \`${tunnel}\``;
    yield {
      name: spec.preshared_key,
      identity: 'preshared',
      what,
      place: placeOf(path, 'preshared_key', spec),
    };
  }
}

/** The value, or the object where the name is the default. */
const placeOf = (path: TopologyPath, key: string, spec: object): Place =>
  key in spec ? atValue([...path, key]) : atKey(path);
