/** The steps that install files: guard first, then replace or merge, each with its way back. */
import { shellWord } from '../../formats/shell/quote.ts';
import { push } from '../../multimap.ts';
import type { Artifact } from '../artifact.ts';
import type { ApplyStep, Lowered, Phase } from '../lowering.ts';

type Placed = Lowered['artifacts'][number];

const TITLES: Readonly<Record<Phase, string>> = {
  prepare: 'Install the first files',
  network: 'Install the network files',
  mounts: 'Install the mount files',
  accounts: 'Install the users',
  s3: 'Install the S3 endpoints',
  datastores: 'Install the datastore configuration',
  remotes: 'Install the remotes',
  namespaces: 'Install the namespaces',
  acl: 'Install the permissions',
  storages: 'Install the storages',
  jobs: 'Install the jobs',
  units: 'Install the units and scripts',
  notify: 'Install the notification files',
  finish: 'Install the last files',
};
/** Files come between what must be there before and what is started after. */
const INSTALL_ORDER = 50;

/** The commands for one file, and back. */
interface Commands {
  readonly install: string;
  readonly undo: string;
}

export type InstallCommands = (artifact: Placed, plain: boolean) => Commands;

/** Remembers commands as long as one lowering: most files stand in the same place on thousands of hosts. */
export function installCommands(): InstallCommands {
  const known = new Map<
    string,
    { readonly artifact: Placed; readonly plain: boolean; readonly made: Commands }
  >();
  return (artifact, plain) => {
    const before = known.get(artifact.path);
    if (before !== undefined && before.plain === plain && isAlike(before.artifact, artifact))
      return before.made;
    const path = word(artifact.path);
    const made = plain
      ? { install: copy(artifact), undo: `# that of the earlier commit; if there was none: rm -f ${path}` }
      : { install: install(artifact), undo: `offsite_put_back ${path}` };
    known.set(artifact.path, { artifact, plain, made });
    return made;
  };
}

/** Whether the commands of two files in one place are the same. */
const isAlike = (a: Placed, b: Placed): boolean =>
  a.folder === b.folder &&
  a.ownership === b.ownership &&
  a.mode === b.mode &&
  a.owner === b.owner &&
  a.group === b.group &&
  isGuarded(a) === isGuarded(b);

/** One step per phase with all its files; `plain` for systems without our functions (a NAS). */
export function installSteps(
  target: string,
  artifacts: readonly Placed[],
  plain: boolean,
  commandsOf: InstallCommands,
): ApplyStep[] {
  const byPhase = new Map<Phase, Placed[]>();
  for (const artifact of artifacts) {
    if (artifact.folder === 'doc') continue;
    push(byPhase, artifact.phase, artifact);
  }
  return [...byPhase].map(([phase, list]) => {
    const commands = list.map(artifact => commandsOf(artifact, plain));
    return {
      target,
      phase,
      order: INSTALL_ORDER,
      title: TITLES[phase],
      text: plain ? [] : explain(list),
      // What stops is not followed by the rest.
      commands: commands.map(({ install }, i) =>
        plain || i === commands.length - 1 ? install : `${install} &&`,
      ),
      undo: [
        ...commands.map(one => one.undo),
        ...(!plain && list.some(isForSystemd) ? ['systemctl daemon-reload'] : []),
      ],
      causes: [],
    };
  });
}

/** What systemd reads only when it is told to. */
const isForSystemd = ({ path }: Artifact): boolean =>
  path === '/etc/fstab' || path.startsWith('/etc/systemd/system/');

function explain(list: readonly Placed[]): string[] {
  const lines: string[] = [];
  if (list.some(artifact => artifact.ownership === 'sections')) {
    lines.push(
      'Sections that only the host has are kept; those of the same id are replaced. Nobody should edit in the web interface in this minute.',
    );
  }
  if (list.some(({ kind }) => kind === 'pve-jobs'))
    lines.push('A guard stops when a job writes to a storage that does not exist yet.');
  if (list.some(isGuarded)) {
    lines.push(
      'A guard stops when the live file has a section or an entry that the new one lacks. Properties of a section are replaced.',
    );
  }
  return lines;
}

const isGuarded = (artifact: Artifact): boolean =>
  artifact.ownership === 'whole' && artifact.sections !== undefined;

function install(artifact: Placed): string {
  const { folder, path, ownership, owner, group, mode } = artifact;
  const source = word(`${folder}${path}`);
  const to = `${word(path)} ${owner}:${group} ${mode}`;
  switch (ownership) {
    case 'sections':
      if (path.endsWith('/jobs.cfg')) return `offsite_merge_jobs ${source} ${to}`;
      return `offsite_merge_sections${folder === 'fill' ? '_filled' : ''} ${source} ${to}`;
    case 'block':
      return `offsite_merge_block ${source} ${to}`;
    case 'keys':
      return `offsite_merge_${path.endsWith('/main.cf') ? 'postfix' : 'keys'} ${source} ${to}`;
    case 'fragment':
    case 'whole':
      return `offsite_install${guarded(artifact)} ${source} ${owner}:${group} ${mode}`;
  }
}

/** Which of the functions: what has sections or entries is not taken for ours by a comment in it. */
function guarded(artifact: Placed): string {
  if (artifact.path.endsWith('/acl.cfg')) return '_acl';
  if (artifact.path.endsWith('/datastore.cfg')) return '_datastores';
  return isGuarded(artifact) ? '_sections' : '';
}

/** By a rename: a shell reads a script while it runs, and would go on in the middle of the new one. */
function copy({ folder, path, mode }: Placed): string {
  const next = word(`${path}.new`);
  return `cp ${word(`${folder}${path}`)} ${next} && chmod ${mode} ${next} && mv -f ${next} ${word(path)}`;
}

/** Paths are made of validated names; a name that the shell could not carry never gets here. */
function word(text: string): string {
  const quoted = shellWord(text);
  if (quoted === undefined) throw new Error(`a path cannot be quoted: ${JSON.stringify(text)}`);
  return quoted;
}
