import { peerAddress, peerOf } from '../analyses/flow-ends.ts';
import { atKey, atValue, type Place } from '../diagnostics/diagnostic.ts';
import type { SyncFlow } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const remoteClash: Rule = {
  id: 'remote-clash',
  severity: 'error',
  summary: 'Two syncs of a PBS use one remote for different hosts, accounts or addresses.',
  why: 'A remote is one address with one login. One of the two syncs would reach the wrong PBS, or log in with rights that it should not have.',
  fix: 'Give one of the two a `remote:` of its own.',
  example: {
    bad: 'pull-a: { kind: sync, from: main:a, account: reader-a, … }\npull-b: { kind: sync, from: main:b, account: reader-b, … }',
    good: 'pull-b: { kind: sync, from: main:b, account: reader-b, remote: main-b, … }',
  },
  *check({ topology }) {
    const syncs = [...topology.flows.values()].filter(
      flow => flow.kind === 'sync' && flow.state !== 'retired',
    );
    const byRemote = groupBy(
      syncs as SyncFlow[],
      ({ runsOn, remote }) => remote && `${runsOn.key} ${remote}`,
    );
    for (const [first, ...others] of byRemote.values()) {
      for (const other of others) {
        const difference = first && differenceOf(first, other);
        if (first === undefined || difference === undefined) continue;
        yield {
          message: `remote \`${other.remote}\` of \`${other.runsOn.key}\` would have two meanings: \`${first.key}\` and \`${other.key}\` use it with different ${difference}`,
          place: placeOf(other),
          related: [{ message: 'the other use', place: placeOf(first) }],
          help: `give \`${other.key}\` another \`remote:\``,
        };
      }
    }
  },
};

function differenceOf(a: SyncFlow, b: SyncFlow): string | undefined {
  if (peerOf(a) !== peerOf(b)) return `hosts (\`${peerOf(a)?.key}\`, \`${peerOf(b)?.key}\`)`;
  if (a.account !== b.account) return `accounts (\`${a.account?.key}\`, \`${b.account?.key}\`)`;
  const [one, two] = [peerAddress(a)?.address, peerAddress(b)?.address];
  return one === two
    ? undefined
    : `addresses (\`${one}\` via \`${a.via.text}\`, \`${two}\` via \`${b.via.text}\`)`;
}

const placeOf = ({ path, spec }: SyncFlow): Place =>
  spec.remote === undefined ? atKey(path) : atValue([...path, 'remote']);
