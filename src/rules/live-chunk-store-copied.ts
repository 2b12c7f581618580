import { chunkStores, storeAround } from '../analyses/chunk-stores.ts';
import { runningFlows } from '../analyses/in-use.ts';
import { directoryOf, pathOnHost } from '../analyses/share-directories.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const liveChunkStoreCopied: Rule = {
  id: 'live-chunk-store-copied',
  severity: 'warning',
  summary: 'The files of a chunk store in use are copied by rsync or rclone.',
  why: 'While it copies, backups add chunks and garbage collection removes others: the copy has indexes without their chunks, and that shows when something is restored from it. It also copies millions of small files. A snapshot of a file system does not have this fault; a sync job of PBS verifies what it copies.',
  fix: 'Copy by a `sync` flow, or set `maintenance: read-only` for a store that nothing changes any more.',
  example: {
    bad: 'copy: { kind: rsync, from: pbs-export, to: far-export, … }  # pbs-export holds a datastore',
    good: 'copy: { kind: sync, direction: pull, from: main, to: far, … }',
  },
  *check({ topology }) {
    const stores = chunkStores(topology);
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'rsync' && flow.kind !== 'rclone') continue;
      const { share } = flow.from;
      const store = storeAround(stores, share.host, pathOnHost(share, directoryOf(flow.from)));
      // What nobody changes can be copied like any other files.
      if (store === undefined || store.spec.maintenance !== undefined || store.state !== 'active') continue;
      yield {
        message: `${flow.kind} \`${flow.key}\` copies the files of datastore \`${store.key}\` while it is in use`,
        place: atValue([...flow.path, 'from']),
        related: [{ message: 'the datastore', place: atKey(store.path) }],
        help: 'use a `sync` flow between two datastores',
      };
    }
  },
};
