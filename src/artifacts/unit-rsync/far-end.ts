/**
 * What the far end lets a key do: one command for its one purpose (sshd(8) "AUTHORIZED_KEYS FILE FORMAT"). `rrsync`
 * where Debian has it; elsewhere the exact `rsync --server` command, which ignores what the client asks for.
 *
 * The exact command is what rsync 3.2.7 sends for our flags (measured), with the capabilities of 3.1 (`e.iLsfxC`): a
 * server that is told fewer than the client has negotiates down, one that is told more would break the protocol. It
 * also serves `overwrite: false`, since the rrsync of Debian 12 has no `-no-overwrite`.
 */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { RsyncFlow, SshAccount, Topology } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { memo } from '../../once.ts';
import { isOldDebian } from '../unit-trigger/credential.ts';
import { withSlash } from '../unit-trigger/service.ts';
import { distinct, type Word, word } from '../unit-trigger/unit-file.ts';
import { type Copy, copyOf, rsyncOptions } from './copy.ts';

export interface FarEnd {
  readonly account: SshAccount;
  readonly copies: readonly Copy[];
  /** Forced command. */
  readonly command: string;
  /** Source addresses; empty: not known. */
  readonly from: readonly string[];
  readonly causes: readonly TopologyPath[];
  /** What the client names as its path, by flow. */
  readonly paths: ReadonlyMap<RsyncFlow, Word>;
}

/** Far ends of all active rsync flows, one per account, in the order of the accounts' first flows. */
export const farEnds = memo(findFarEnds);

function findFarEnds(topology: Topology): { ends: readonly FarEnd[]; diagnostics: readonly Diagnostic[] } {
  const copies = new Map<SshAccount, Copy[]>();
  for (const flow of topology.flows.values()) {
    if (flow.kind !== 'rsync' || flow.state !== 'active' || flow.runsOn.state !== 'active') continue;
    push(copies, flow.account, copyOf(flow));
  }
  const ends = [...copies].map(([account, list]) => farEnd(account, list));
  return { ends, diagnostics: ends.flatMap(ambiguous) };
}

function farEnd(account: SshAccount, copies: readonly Copy[]): FarEnd {
  const [first] = copies;
  const only = copies.length === 1 ? first : undefined;
  const simple = only !== undefined && hasRrsync(only);
  const paths = new Map(
    copies.map(copy => [copy.flow, simple ? word('./', copy.flow.path) : exactPath(copy)]),
  );
  const command = only === undefined ? choice(copies) : simple ? rrsync(only) : server(only);
  const from = copies.every(copy => copy.bind !== undefined)
    ? [...new Set(copies.flatMap(copy => copy.bind?.text ?? []))].sort()
    : [];
  const causes = distinct([account.path, ...copies.map(copy => copy.flow.path)]);
  return { account, copies, command, from, causes, paths };
}

/** Debian 11 has rrsync among its documentation only. */
const hasRrsync = ({ far, flow }: Copy): boolean =>
  far.os === 'debian' && flow.spec.overwrite !== false && !isOldDebian(far);

function rrsync({ flow, direction, farDirectory }: Copy): string {
  if (direction === 'pull') return `/usr/bin/rrsync -ro ${farDirectory.text}`;
  const deletes = flow.spec.propagate_deletions === true ? '' : ' -no-del';
  return `/usr/bin/rrsync -wo${deletes} ${farDirectory.text}`;
}

const exactPath = ({ farDirectory }: Copy): Word =>
  word(withSlash(farDirectory.text), ...farDirectory.causes);

/** Options in the order in which rsync passes them on (options.c, server_options). */
function server(copy: Copy): string {
  const pull = copy.direction === 'pull';
  const passed = pull
    ? /^--(?:timeout|bwlimit)=/
    : /^--(?:timeout=|max-delete=|delete-delay$|ignore-existing$|partial$)/;
  const options = rsyncOptions(copy).filter(({ text }) => passed.test(text));
  return [
    '/usr/bin/rsync --server',
    ...(pull ? ['--sender'] : []),
    '-ltre.iLsfxC',
    ...options.map(({ text }) => text),
    '.',
    exactPath(copy).text,
  ].join(' ');
}

/** Several flows by one key: which command it is depends on the directory that the client asks for, and on no more. */
function choice(copies: readonly Copy[]): string {
  const branches = copies.map(copy => `*' . ${exactPath(copy).text}') exec ${server(copy)};;`);
  return `case "$SSH_ORIGINAL_COMMAND" in ${branches.join(' ')} *) exit 126;; esac`;
}

/** Two flows of one key in one directory with different commands cannot be told apart. */
function ambiguous({ account, copies }: FarEnd): Diagnostic[] {
  const first = new Map<string, Copy>();
  return copies.flatMap(copy => {
    const directory = exactPath(copy).text;
    const earlier = first.get(directory);
    if (earlier === undefined) first.set(directory, copy);
    if (earlier === undefined || server(earlier) === server(copy)) return [];
    return [
      {
        code: 'key-for-two-purposes',
        severity: 'error',
        message: `flows \`${earlier.flow.key}\` and \`${copy.flow.key}\` use \`${directory}\` in different ways with one key, that of \`${account.key}\``,
        place: atValue([...copy.flow.path, 'account']),
        related: [{ message: 'the other flow', place: atKey(earlier.flow.path) }],
        help: 'a key is let in for one command per directory: give one of the flows an account of its own',
      },
    ];
  });
}
