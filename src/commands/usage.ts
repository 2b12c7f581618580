/**
 * Commands and options as data: `--help` is laid out from it, arguments are parsed by it. Imports nothing, since it
 * is all that `--help` and `--version` load.
 */

export interface OptionUsage {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** Name of the value in the help; the allowed values when it contains `|`. */
  readonly value?: string;
  readonly help: string;
}

export const OPTIONS = {
  topology: {
    type: 'string',
    short: 't',
    value: 'FILE',
    help: 'topology to compile; - is standard input (default: topology.yaml here or above)',
  },
  out: {
    type: 'string',
    short: 'o',
    value: 'DIR',
    help: 'rendered files (default: out beside the topology)',
  },
  format: { type: 'string', value: 'human|json|github', help: 'how findings are printed (default: human)' },
  strict: { type: 'boolean', help: 'warnings fail as errors do' },
  tools: {
    type: 'string',
    value: 'auto|all|none',
    help: 'real tools to run: those installed, all or it fails, or none (default: auto)',
  },
  templates: {
    type: 'string',
    value: 'DIR',
    help: 'templates of your own, used in place of those of the same name',
  },
  'max-bytes': {
    type: 'string',
    value: 'SIZE',
    help: 'largest input file, for example 64MiB (default: 32MiB)',
  },
  'as-of': {
    type: 'string',
    value: 'YYYY-MM-DD',
    help: 'today: exceptions from the policy and accounts end on their day (default: they do not)',
  },
  quiet: { type: 'boolean', short: 'q', help: 'print errors only' },
  verbose: {
    type: 'boolean',
    short: 'v',
    help: 'print more: every file, and the stack if offsite itself fails',
  },
  color: {
    type: 'string',
    value: 'auto|always|never',
    help: 'colours (default: auto; NO_COLOR, FORCE_COLOR)',
  },
  help: { type: 'boolean', short: 'h', help: 'print this help' },
  version: { type: 'boolean', help: 'print the version' },
} as const satisfies Readonly<Record<string, OptionUsage>>;

export type OptionName = keyof typeof OPTIONS;

export interface CommandUsage {
  readonly summary: string;
  readonly arguments: string;
  /** Least and largest number of arguments. */
  readonly arity: readonly [number, number];
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly options: readonly OptionName[];
  readonly formats?: readonly string[];
  readonly notes?: readonly string[];
}

const COMPILING = ['topology', 'out', 'format', 'templates', 'max-bytes', 'as-of'] as const;
const TALKING = ['quiet', 'verbose', 'color', 'help', 'version'] as const;

export const COMMANDS = {
  render: {
    summary: 'compile the topology and write out/',
    arguments: '',
    arity: [0, 0],
    examples: [
      ['offsite render', 'topology.yaml here or above, into out/ beside it'],
      ['offsite render -t lab.yaml -o /tmp/lab', 'another topology, another directory'],
    ],
    options: [...COMPILING, 'strict', ...TALKING],
    notes: [
      'Only files whose content changes are written. A file is deleted only when offsite wrote it and nobody',
      'edited it since; everything else found in out/ stays and is reported.',
    ],
  },
  check: {
    summary: 'do everything but write: fail on errors and when out/ is stale',
    arguments: '',
    arity: [0, 0],
    examples: [
      ['offsite check', 'findings, and the difference to out/'],
      ['offsite check --format github', 'annotations, for a GitHub or Forgejo workflow'],
      ['offsite check --format sarif >offsite.sarif', 'for code scanning; markdown for a comment'],
      ['offsite check --strict -q', 'errors only, warnings among them'],
      ['offsite check --as-of 2026-10-01', 'without exceptions that ended before that day'],
    ],
    options: [...COMPILING, 'strict', ...TALKING],
    formats: ['human', 'json', 'github', 'sarif', 'markdown'],
  },
  explain: {
    summary: 'say which lines of the topology made a rendered line, and the other way round',
    arguments: 'FILE[:LINE]',
    arity: [1, 1],
    examples: [
      ['offsite explain out/pbs-home/root/etc/proxmox-backup/sync.cfg:9', 'causes of line 9'],
      ['offsite explain topology.yaml:120', 'rendered lines that line 120 made'],
    ],
    options: [...COMPILING, ...TALKING],
    formats: ['human', 'json'],
  },
  drift: {
    summary: 'compare copies of live files with what is rendered, by meaning',
    arguments: 'TARGET=DIR …',
    arity: [1, Number.POSITIVE_INFINITY],
    examples: [
      ['offsite drift pbs-home=live/pbs-home', "a copy of the host's /etc below live/pbs-home"],
      ['offsite drift pve-home=/tmp/a pbs-home=/tmp/b', 'several targets at once'],
      ['offsite drift pbs-home=live --format json', 'for programs'],
    ],
    options: ['topology', 'format', 'templates', 'max-bytes', 'as-of', ...TALKING],
    notes: [
      'DIR holds files of the host at their absolute path below it, or some of them by name alone. Order, blanks,',
      'comments and spelling make no drift. Secrets of live files are never printed. Exit code 1 means drift.',
    ],
  },
  verify: {
    summary: 'let the real tools that are installed judge what is rendered',
    arguments: '',
    arity: [0, 0],
    examples: [
      ['offsite verify', 'what is installed here; what is missing is listed'],
      ['offsite verify --tools all', 'for CI: a missing tool is an error'],
      ['offsite verify --format json', 'for programs'],
    ],
    options: [...COMPILING, 'strict', 'tools', ...TALKING],
    formats: ['human', 'json'],
    notes: [
      'Tools see copies in a temporary directory, with dummies in place of secrets; out/ need not exist, and nothing',
      'on this machine is changed.',
    ],
  },
  schema: {
    summary: 'print the JSON Schema of the topology',
    arguments: '',
    arity: [0, 0],
    examples: [['offsite schema > topology.schema.json', 'for an editor with YAML support']],
    options: ['verbose', 'help', 'version'],
  },
  rules: {
    summary: 'list every finding that offsite can report, or explain one',
    arguments: '[CODE]',
    arity: [0, 1],
    examples: [
      ['offsite rules', 'all codes, one per line'],
      ['offsite rules unknown-key', 'what it is, why it matters, how to fix it'],
    ],
    options: ['format', 'verbose', 'color', 'help', 'version'],
    formats: ['human', 'json'],
  },
  init: {
    summary: 'start a repository with a small topology that passes check',
    arguments: 'DIR',
    arity: [1, 1],
    examples: [
      ['offsite init backup-site', 'a new directory'],
      ['offsite init .', 'this one; nothing that exists is overwritten'],
    ],
    options: TALKING,
  },
} as const satisfies Readonly<Record<string, CommandUsage>>;

export type CommandName = keyof typeof COMMANDS;

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);
export const isOptionName = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name);
