/** All files of one target compared with a copy of the host's. */
import { matcherId } from '../artifacts/pbs-notifications/matcher.ts';
import type { LiveFile, LiveTree } from '../load/live-tree.ts';
import type { RenderedFile } from '../render/render-all.ts';
import { compareFile, missingFile, unusableFile } from './file.ts';
import type { FileReport, TargetReport } from './report.ts';
import { baseName } from './statement.ts';

export interface TargetFiles {
  readonly target: string;
  readonly files: readonly RenderedFile[];
  /** What must have gone: `storage`, `job`, `unit`, `tunnel`. */
  readonly removed: readonly { readonly kind: string; readonly name: string }[];
  /** Paths of files that wait for values. */
  readonly withheld: readonly string[];
}

/** Files by path; those that were retired, and are still there, among them. */
export function compareTarget(
  { target, files, removed, withheld }: TargetFiles,
  tree: LiveTree,
): TargetReport {
  const counts = new Map<string, number>();
  for (const { artifact } of files) {
    const name = baseName(artifact.path);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ids = new Map<string, Set<string>>();
  for (const { kind, name } of removed) {
    const known = ids.get(kind) ?? new Set();
    ids.set(kind, known);
    for (const id of sectionsOf(kind, name)) known.add(id);
  }
  const reports = [
    ...files.map(file =>
      fileReport(file, tree, counts, ids.get(SECTION_KINDS[file.artifact.kind] ?? '') ?? new Set()),
    ),
    // A file may wait for several values.
    ...[...new Set(withheld)].map(
      (path): FileReport => ({
        path,
        state: 'not-compared',
        findings: [],
        note: 'a value is still pending, so it is not rendered',
      }),
    ),
    ...removed.flatMap(one => retiredFiles(one, tree)),
  ];
  return { target, files: reports.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** What the sections of a file are called among the things that are removed. */
const SECTION_KINDS: Readonly<Record<string, string>> = {
  'pve-storage': 'storage',
  'pve-jobs': 'job',
  'pve-notifications': 'notification',
  'pve-notifications-priv': 'notification',
};

/** A notification has its matcher with it. */
const sectionsOf = (kind: string, name: string): string[] =>
  kind === 'notification' ? [name, matcherId(name)] : [name];

function fileReport(
  file: RenderedFile,
  tree: LiveTree,
  counts: ReadonlyMap<string, number>,
  removed: ReadonlySet<string>,
): FileReport {
  const { path } = file.artifact;
  const name = baseName(path);
  let live = tree.read(path);
  if (live.kind === 'absent' && tree.hasDirectoryOf(path)) return missingFile(file);
  if (live.kind === 'absent' && tree.names.has(name)) {
    // A flat copy: the base name stands for the path, if it stands for one only.
    if ((counts.get(name) ?? 0) > 1) {
      const note = `${counts.get(name)} files of this target are called "${name}": lay each at its path`;
      return { path, state: 'not-compared', findings: [], note };
    }
    live = tree.read(`/${name}`);
  }
  if (live.kind === 'absent') return { path, state: 'not-compared', findings: [] };
  return live.kind === 'unusable' ? unusableFile(path, live.reason) : compareFile(file, live.bytes, removed);
}

/** Files of units and tunnels, and keys, that went away, where they are still there. */
function retiredFiles({ kind, name }: TargetFiles['removed'][number], tree: LiveTree): FileReport[] {
  const paths =
    kind === 'unit'
      ? [`/etc/systemd/system/${name}.service`, `/etc/systemd/system/${name}.timer`]
      : kind === 'tunnel'
        ? [`/etc/wireguard/${name}.conf`]
        : [];
  // The file belongs to its user: of ours is the block.
  if (kind === 'key' && hasBlock(tree.read(name))) paths.push(name);
  return paths
    .filter(path => tree.read(path).kind !== 'absent')
    .map(path => ({
      path,
      state: 'drift',
      findings: [{ kind: 'only-live', at: 'file', causes: [] }],
      note: 'it is retired',
    }));
}

const hasBlock = (live: LiveFile): boolean =>
  live.kind === 'file' && Buffer.from(live.bytes).includes('# BEGIN offsite');
