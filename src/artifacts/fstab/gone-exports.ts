/** Exports that nothing mounts any more, since the share or what mounted it is retired. */
import type { Host, Share, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { goneNote } from '../gone-note.ts';
import type { ApplyStep, ExternalNote } from '../lowering.ts';
import { EXPORTS_FOR_PVE } from '../pve-storage/exports.ts';
import { EXPORTS } from './exports.ts';
import type { Mount } from './mount.ts';
import { runnerShares } from './runner.ts';

/** A note for those that others run, and a step where a file of ours would go on exporting. */
export function goneExports(
  topology: Topology,
  mounts: readonly Mount[],
): { readonly steps: readonly ApplyStep[]; readonly external: readonly ExternalNote[] } {
  const mounted = new Set(mounts.flatMap(({ share }) => share ?? []));
  const stored = new Set(sharesOf(topology, 'active'));
  const gone = [...new Set([...retiredShares(topology), ...sharesOf(topology, 'retired')])].filter(
    share =>
      share.host.state === 'active' && share.protocol === 'nfs' && !mounted.has(share) && !stored.has(share),
  );
  const isOurs = ({ host }: Share): boolean => host.managed && host.takesFiles;
  const hostsOf = (shares: ReadonlySet<Share>) => new Set([...shares].map(({ host }) => host));
  const files = [
    [EXPORTS_FOR_PVE, hostsOf(stored)],
    [EXPORTS, hostsOf(mounted)],
  ] as const;
  return {
    steps: [...groupBy(gone.filter(isOurs), ({ host }) => host)].flatMap(([host, shares]) =>
      stopStep(
        host,
        shares,
        files.filter(([, users]) => !users.has(host)).map(([file]) => file),
      ),
    ),
    external: gone
      .filter(share => !isOurs(share))
      .map(({ host, exportPath, path }) =>
        goneNote(host.key, `NFS export ${exportPath}`, ['What lies in it stays.'], [path]),
      ),
  };
}

const sharesOf = ({ storages }: Topology, wanted: 'active' | 'retired'): Share[] =>
  [...storages.values()].flatMap(({ state, backing }) =>
    state === wanted && backing.kind === 'share' ? backing.place.share : [],
  );

/** Of datastores and flows that are retired, and those that are so themselves. */
const retiredShares = (topology: Topology): Share[] => [
  ...[...topology.shares.values()].filter(({ state }) => state === 'retired'),
  ...[...topology.datastores.values()].flatMap(({ state, backing }) =>
    state === 'retired' && backing.kind === 'nfs' ? backing.share : [],
  ),
  ...runnerShares(topology, 'retired').map(({ share }) => share),
];

/** Where the host exports something else by the same file, its step writes the file without what is gone. */
function stopStep(host: Host, shares: readonly Share[], files: readonly string[]): ApplyStep[] {
  if (files.length === 0) return [];
  return [
    {
      target: host.key,
      phase: 'finish',
      order: 15,
      title: 'Stop exporting what is retired',
      text: [
        `Nothing mounts ${shares.map(({ exportPath }) => exportPath).join(', ')} any more: first apply the hosts that did. What lies there stays.`,
      ],
      commands: files.map(file =>
        [
          `if [ -s ${file} ]; then`,
          `  offsite_put /dev/null ${file} root:root 0644`,
          '  exportfs -ra',
          'fi',
        ].join('\n'),
      ),
      check: files.map(file => `! test -s ${file}`),
      undo: ['# make it active in the topology again, and apply'],
      causes: shares.map(({ path }) => path),
    },
  ];
}
