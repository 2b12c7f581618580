/** What retired buckets, keys and their users have left at providers. */
import type { Bucket, S3Account, Topology } from '../../model/topology.ts';
import { goneNote } from '../gone-note.ts';
import type { ExternalNote } from '../lowering.ts';

interface Use {
  readonly bucket: Bucket;
  readonly account: S3Account;
}

/** @param active what is in use. */
export function goneKeys(topology: Topology, active: readonly Use[]): ExternalNote[] {
  const keys = new Set(active.map(({ account }) => account));
  const buckets = new Set(active.map(({ bucket }) => bucket));
  const pairs = new Set(active.map(nameOf));
  const gone = new Map(retiredUses(topology).map(use => [nameOf(use), use]));
  const notes: ExternalNote[] = [];
  for (const [name, { bucket, account }] of gone) {
    const isUsed = keys.has(account);
    if (!pairs.has(name) && (isUsed || account.state === 'retired'))
      notes.push(keyNote(bucket.key, account, isUsed));
  }
  const named = new Set([...gone.values()].map(({ account }) => account));
  for (const account of topology.accounts.values()) {
    const isLeft = account.kind === 's3' && account.state === 'retired' && !keys.has(account);
    // Which buckets it reached nobody says any more.
    if (isLeft && !named.has(account)) notes.push(keyNote(account.key, account, false));
  }
  for (const bucket of topology.buckets.values()) {
    if (bucket.state !== 'retired' || buckets.has(bucket)) continue;
    const text = 'What lies in it stays, and is paid for, until somebody deletes it.';
    notes.push(goneNote(bucket.key, `bucket ${bucket.name}`, [text], [bucket.path]));
  }
  return notes;
}

const nameOf = ({ bucket, account }: Use): string => `${bucket.key} ${account.key}`;

function retiredUses({ datastores, flows }: Topology): Use[] {
  const ofStores = [...datastores.values()].flatMap(({ state, backing }) =>
    state === 'retired' && backing.kind === 's3'
      ? [{ bucket: backing.bucket, account: backing.account }]
      : [],
  );
  const ofFlows = [...flows.values()].flatMap(flow =>
    flow.state === 'retired' && flow.kind === 'rclone'
      ? [{ bucket: flow.to.bucket, account: flow.account }]
      : [],
  );
  return [...ofStores, ...ofFlows];
}

const keyNote = (name: string, { key, secret, path }: S3Account, isUsed: boolean): ExternalNote =>
  goneNote(
    name,
    `key ${key}`,
    [
      isUsed
        ? 'It has another use: take away what it may do here, and no more.'
        : `Delete it at the provider: a copy of its secret \`${secret}\` is good for as long as the key is.`,
    ],
    [path],
  );
