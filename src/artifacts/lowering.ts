/**
 * What lowering gives: files, and everything a file alone cannot make – steps for a person to follow (APPLY.md),
 * things that must exist first, notes for whoever runs what is not rendered.
 *
 * Each kind's `lower(topology, derived)` is one pass over the topology for all targets and returns `Lowered`;
 * `apply` and `manifest` are lowered last, from the sum of the others.
 */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Artifact } from './artifact.ts';

/**
 * Order of steps on a host. Accounts and tokens come before `user.cfg`, mounts before datastores, datastores and
 * namespaces before jobs: each phase may rely on all earlier ones.
 */
export const PHASES = [
  'prepare', // packages, users, directories, secrets to have at hand
  'network', // routes, tunnels, forwarding
  'mounts', // iSCSI, fstab, immutable mount points, guards
  'accounts', // users, passwords and tokens by command line; then user.cfg
  's3', // endpoints
  'datastores', // chunk stores; then datastore.cfg
  'remotes',
  'namespaces',
  'acl',
  'storages', // PVE storages and their secrets
  'jobs', // sync, prune, verification, vzdump jobs
  'units', // services and timers, DSM tasks
  'notify', // mail relay, notification targets
  'finish', // checks of the whole
] as const;
export type Phase = (typeof PHASES)[number];

/** One numbered step of a target's APPLY.md. Commands run as root in a copy of `out/<target>/` on the host. */
export interface ApplyStep {
  readonly target: string;
  readonly phase: Phase;
  /** Sorts steps of one phase; equal phases and orders sort by title. Files are installed at order 50. */
  readonly order: number;
  readonly title: string;
  /** Plain paragraphs, before the commands. */
  readonly text: readonly string[];
  /** bash lines that pass shellcheck; every value quoted by `formats/shell/quote.ts`. One entry may hold several lines. */
  readonly commands: readonly string[];
  /** How to see that it worked. */
  readonly check?: readonly string[];
  /** How to go back. */
  readonly undo?: readonly string[];
  readonly causes: readonly TopologyPath[];
}

/** Something a rendered file or step names, which must exist on the target. */
export type Need =
  | {
      readonly target: string;
      readonly kind: 'package';
      readonly name: string;
      /** A step of its own installs it. */
      readonly byStep?: true;
      readonly causes: readonly TopologyPath[];
    }
  | {
      readonly target: string;
      readonly kind: 'directory';
      readonly name: string;
      readonly mode: string;
      readonly owner: string;
      readonly group: string;
      readonly causes: readonly TopologyPath[];
    }
  | {
      readonly target: string;
      readonly kind: 'user';
      readonly name: string;
      readonly causes: readonly TopologyPath[];
    }
  /** A secret file or value that a person brings: `placed` says where it ends up on the host. */
  | {
      readonly target: string;
      readonly kind: 'secret';
      readonly name: string;
      readonly placed: string;
      /** What it is, for people: "token secret of sync@pbs!dc on pbs-home". */
      readonly what: string;
      /** A program asks for it by itself, so that nothing of it is stored before. */
      readonly typed?: true;
      readonly causes: readonly TopologyPath[];
    };

/** A thing that exists only after a command has made it (manifest `creates`), or that must go away (`removes`). */
export interface Change {
  readonly target: string;
  readonly verb: 'creates' | 'removes';
  /** `datastore`, `namespace`, `token`, `user`, `key`, `iscsi-record`, `route`, `unit`, `task`, `storage`, `job` … */
  readonly kind: string;
  readonly name: string;
  readonly causes: readonly TopologyPath[];
}

/** What somebody else must configure: one `_external/<name>.md` per name, with its notes in order. */
export interface ExternalNote {
  /** Name of the host, bucket or system: file name below `_external/`. */
  readonly name: string;
  readonly title: string;
  readonly text: readonly string[];
  /** Literal blocks with a language for the fence: `json`, `ini`, `sh`, `text`. */
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
  readonly causes: readonly TopologyPath[];
  /** What is taken away last: no step relies on it. */
  readonly isGone?: true;
}

/** A file withheld because a value is still pending. */
export interface Withheld {
  readonly target: string;
  readonly path: string;
  /** How to get the value. */
  readonly how: string;
  readonly causes: readonly TopologyPath[];
}

export interface Lowered {
  readonly artifacts: readonly (Artifact & { readonly phase: Phase })[];
  readonly steps: readonly ApplyStep[];
  readonly needs: readonly Need[];
  readonly changes: readonly Change[];
  readonly external: readonly ExternalNote[];
  readonly withheld: readonly Withheld[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Names of all that anything is to be done for. */
export function targetsOf({ artifacts, steps, needs, withheld }: Lowered): ReadonlySet<string> {
  const targets = new Set<string>();
  for (const artifact of artifacts) if (artifact.folder !== 'doc') targets.add(artifact.target);
  for (const list of [steps, needs, withheld]) for (const { target } of list) targets.add(target);
  return targets;
}

/** What one kind, or the documents, gave. */
export interface Pass {
  readonly diagnostics: readonly Diagnostic[];
  readonly artifacts: Iterable<Lowered['artifacts'][number]>;
  /** All of an artifact that later passes and the manifest want: its content is made again if anybody asks for it. */
  readonly withoutContent: (artifact: Lowered['artifacts'][number]) => Lowered['artifacts'][number];
}

export const emptyLowered: Lowered = {
  artifacts: [],
  steps: [],
  needs: [],
  changes: [],
  external: [],
  withheld: [],
  diagnostics: [],
};

/** The sum of what several passes gave, in their order. */
export function joinLowered(parts: readonly Lowered[]): Lowered {
  return {
    artifacts: parts.flatMap(part => part.artifacts),
    steps: parts.flatMap(part => part.steps),
    needs: parts.flatMap(part => part.needs),
    changes: parts.flatMap(part => part.changes),
    external: parts.flatMap(part => part.external),
    withheld: parts.flatMap(part => part.withheld),
    diagnostics: parts.flatMap(part => part.diagnostics),
  };
}
