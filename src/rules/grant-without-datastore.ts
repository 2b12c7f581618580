import { atValue } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Datastore, Host } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const grantWithoutDatastore: Rule = {
  id: 'grant-without-datastore',
  severity: 'warning',
  summary: 'A role is granted on a datastore that the PBS does not have.',
  why: 'PBS takes any name in an ACL path, and the grant gives nothing. Most often it is the name of the topology, or another case: PBS knows a datastore by its native name only.',
  fix: 'Write the native name of the datastore, letter for letter.',
  example: {
    bad: 'datastores: { main: { host: pbs, name: Backups, … } }\ngrants: [{ role: DatastoreAudit, path: /datastore/main }]',
    good: 'grants: [{ role: DatastoreAudit, path: /datastore/Backups }]',
  },
  *check({ topology }) {
    const stores = groupBy(topology.datastores.values(), ({ host }) => host);
    for (const account of topology.accounts.values()) {
      if (account.kind !== 'pbs' || account.state !== 'active') continue;
      for (const [index, { path }] of (account.spec.grants ?? []).entries()) {
        const name = /^\/datastore\/([^/]+)/.exec(path)?.[1];
        const own = stores.get(account.on) ?? [];
        if (name === undefined || own.some(store => store.name === name)) continue;
        yield {
          message: `\`${account.on.key}\` has no datastore with the native name \`${name}\``,
          place: atValue([...account.path, 'grants', index, 'path']),
          help: meant(own, name, account.on),
        };
      }
    }
  },
};

function meant(stores: readonly Datastore[], name: string, host: Host): string {
  const near = stores.find(({ key, name: native }) =>
    [key, native.toLowerCase()].includes(name.toLowerCase()),
  );
  if (near !== undefined) return `that of \`${near.key}\` is \`${near.name}\``;
  const guess = suggest(name, new Set(stores.map(store => store.name)));
  if (guess !== undefined) return `did you mean \`${guess}\`?`;
  const names = stores.slice(0, 5).map(store => `\`${store.name}\``);
  return names.length === 0
    ? `no datastore of \`${host.key}\` is declared`
    : `native names on \`${host.key}\`: ${names.join(', ')}`;
}
