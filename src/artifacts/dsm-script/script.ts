/**
 * A flow as one self-contained POSIX sh script for a NAS: lock, log, mount check, exit code. DSM's systemd is too old
 * for our units and its system partition does not survive updates, so all of it lies on a share.
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnList } from '../columns.ts';
import { word as shell } from '../shell-words.ts';
import { type CopyFlow, type Runs, unitName } from '../unit-trigger/runs.ts';
import type { Word } from '../unit-trigger/unit-file.ts';

export interface ScriptView {
  readonly comment: string;
  readonly assignments: readonly { readonly name: string; readonly value: string }[];
  readonly lines: readonly string[];
}

export interface Script {
  readonly flow: CopyFlow;
  readonly runs: Runs;
  readonly workDir: string;
  /** What is read or written on this host. */
  readonly directory: Word;
  /** It is read. */
  readonly isSource: boolean;
  /** Exported to the tool. */
  readonly variables: readonly (Word & { readonly name: string })[];
  /** Words of the command; a word with `raw` is written as it is. */
  readonly command: readonly (Word & { readonly raw?: true })[];
  /** Name of the tool, for messages. */
  readonly tool: string;
  /** Exit codes beside 0 that are a success. */
  readonly success: readonly number[];
}

/** Lines behind the assignments, and what caused each. */
interface Body {
  readonly texts: readonly string[];
  readonly causes: readonly (readonly TopologyPath[])[];
}

/** What the template gets and what the reader must find. */
export function scriptFile(script: Script): { view: ScriptView; columns: FactColumns } {
  const { flow, workDir, directory, variables } = script;
  const own = [flow.path];
  const volume = /^\/volume[A-Za-z0-9]+(?=\/|$)/.exec(directory.text)?.[0];
  const assignments: readonly { name: string; text: string; causes: readonly TopologyPath[] }[] = [
    { name: 'PATH', text: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', causes: own },
    { name: 'FLOW', text: flow.key, causes: own },
    { name: 'WORK', text: workDir, causes: [[...flow.runsOn.path, 'work_dir']] },
    { name: 'DIRECTORY', text: directory.text, causes: directory.causes },
    ...(volume === undefined ? [] : [{ name: 'VOLUME', text: volume, causes: directory.causes }]),
    ...variables,
  ];
  const comment = `# Rendered by offsite: flow ${flow.key}, started by one entry of the Task Scheduler.`;
  const body = bodyOf(script, volume !== undefined);
  const head = ['#!/bin/sh', comment, 'set -u'];
  const columns = new ColumnList(head.length + assignments.length + body.texts.length);
  let next = 0;
  for (const text of head) columns.add('line', '', next++, text, own);
  for (const { name, text, causes } of assignments) columns.add(name, '', -1, text, causes);
  for (let index = 0; index < body.texts.length; index++)
    columns.add('line', '', next++, body.texts[index]!, body.causes[index]!);
  return {
    view: {
      comment,
      assignments: assignments.map(({ name, text }) => ({ name, value: quoted(text) })),
      lines: body.texts,
    },
    columns,
  };
}

/** Always in quotes: an assignment is then literal whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bodyOf(script: Script, hasVolume: boolean): Body {
  const { flow, runs, variables, tool, success, command, isSource } = script;
  const texts: string[] = [];
  const causes: (readonly TopologyPath[])[] = [];
  const add = (text: string, cause: readonly TopologyPath[]): void => {
    texts.push(text);
    causes.push(cause);
  };
  const own = [flow.path];
  const next = runs.next.get(flow) ?? [];
  if (variables.length > 0) add(`export ${variables.map(({ name }) => name).join(' ')}`, own);
  for (const text of PREPARE) add(text, own);
  if (hasVolume) add('grep -qF " $VOLUME " /proc/mounts || fail 74 "$VOLUME is not mounted"', own);
  add('[ -d "$DIRECTORY" ] || fail 74 "$DIRECTORY is missing"', own);
  if (isSource) for (const text of HOLDS_FILES) add(text, own);
  add('', own);
  add("say 'starts'", own);
  // One word per line, so that each has its own causes.
  for (const [index, { text, causes, raw }] of command.entries()) {
    const end = index < command.length - 1 ? ' \\' : ' >>"$LOG" 2>&1';
    add(`${index === 0 ? '' : '  '}${raw ? text : shell(text)}${end}`, causes);
  }
  add('code=$?', own);
  for (const code of success) add(`[ "$code" -ne ${code} ] || code=0`, own);
  add(`[ "$code" -eq 0 ] || fail "$code" '${tool} failed'`, own);
  for (const text of NOTE) add(text, own);
  add("say 'is done'", own);
  if (next.length === 0) return { texts, causes };
  for (const text of ['', 'rm -rf "$LOCK"', 'trap - EXIT', 'status=0']) add(text, own);
  for (const one of next)
    add(`/bin/sh "$WORK/${unitName(one)}.sh" || status=$?`, [[...one.path, 'trigger', 'after']]);
  add('exit "$status"', own);
  return { texts, causes };
}

/** Beside what DSM itself puts into shared folders. An empty source was emptied by mistake, or is encrypted and locked. */
const HOLDS_FILES = [
  'first=$(find "$DIRECTORY" -mindepth 1 -maxdepth 1 ! -name @eaDir ! -name \'#recycle\' | head -n 1)',
  '[ -n "$first" ] || fail 74 "nothing to copy in $DIRECTORY"',
];

/** On a full volume the time of the last success stays. */
const NOTE = [
  'STAMP=$WORK/success/$FLOW',
  `{ date +%s >"$STAMP.new" && mv -f "$STAMP.new" "$STAMP"; } || fail 73 "$STAMP cannot be written"`,
];

const PREPARE = [
  'umask 077',
  'LOG=$WORK/log/$FLOW.log',
  'LOCK=$WORK/run/$FLOW.lock',
  'mkdir -p "$WORK/log" "$WORK/run" "$WORK/success" || exit 73',
  'if [ -f "$LOG" ] && [ "$(wc -c <"$LOG")" -gt 1048576 ]; then mv -f "$LOG" "$LOG.1"; fi',
  '',
  'say() {',
  '  printf \'%s %s\\n\' "$(date \'+%Y-%m-%d %H:%M:%S\')" "$1" >>"$LOG"',
  '}',
  '# The Task Scheduler mails what is printed when the exit code is not 0.',
  'fail() {',
  '  say "failed with $1: $2"',
  '  printf \'offsite %s: %s, see %s\\n\' "$FLOW" "$2" "$LOG" >&2',
  '  exit "$1"',
  '}',
  '',
  '# A lock of an earlier boot, or of a process that is gone, does not count.',
  'BOOT=$(cat /proc/sys/kernel/random/boot_id)',
  'if ! mkdir "$LOCK" 2>/dev/null; then',
  '  [ -s "$LOCK/holder" ] || sleep 2',
  "  boot='' pid=''",
  '  { read -r boot pid <"$LOCK/holder"; } 2>/dev/null || true',
  '  if [ "$boot" = "$BOOT" ] && kill -0 "$pid" 2>/dev/null; then',
  '    fail 75 "still runs as process $pid"',
  '  fi',
  "  say 'takes over a stale lock'",
  '  rm -rf "$LOCK"',
  '  mkdir "$LOCK" || fail 75 \'another run was faster\'',
  'fi',
  'trap \'rm -rf "$LOCK"\' EXIT',
  'trap \'fail 143 "stopped by a signal"\' HUP INT TERM',
  'printf \'%s %s\\n\' "$BOOT" "$$" >"$LOCK/holder"',
  '',
];
