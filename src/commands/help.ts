/** Help and version texts: everything that is answered without loading the compiler. */
import type { CommandName, CommandUsage, OptionUsage } from './usage.ts';
import { COMMANDS, isCommandName, OPTIONS } from './usage.ts';

/**
 * The answer to arguments that ask for help or for the version; undefined when they ask for something else.
 * Both are heard anywhere before `--`, so that `offsite render -t x --help` works too.
 */
export function quickAnswer(argv: readonly string[], version: string): string | undefined {
  const end = argv.indexOf('--');
  const heard = end < 0 ? argv : argv.slice(0, end);
  if (heard.includes('--help') || heard.includes('-h') || heard[0] === 'help') {
    return helpText(heard.find(isCommandName), version);
  }
  return heard.includes('--version') ? `offsite ${version}\n` : undefined;
}

/** Help of one command, or of offsite as a whole. */
function helpText(command: CommandName | undefined, version: string): string {
  return command === undefined ? overview(version) : commandHelp(command);
}

function overview(version: string): string {
  const commands = Object.entries(COMMANDS).map(([name, usage]) => [name, usage.summary] as const);
  return [
    `offsite ${version}: compiles one topology.yaml into every configuration file of a Proxmox backup deployment`,
    '',
    'Examples:',
    ...columns([
      ['offsite init backup-site', 'start a repository'],
      ['offsite render', 'write out/'],
      ['offsite check', 'what CI runs: findings, and whether out/ is fresh'],
    ]),
    '',
    'Commands:',
    ...columns(commands),
    '',
    '`offsite COMMAND --help` has examples and options of one command.',
    'Exit codes: 0 clean, 1 findings or differences, 2 wrong usage or unreadable input, 3 a bug in offsite.',
    '',
  ].join('\n');
}

function commandHelp(name: CommandName): string {
  const usage: CommandUsage = COMMANDS[name];
  return [
    `offsite ${name}: ${usage.summary}`,
    '',
    'Examples:',
    ...columns(usage.examples),
    '',
    `Usage: ${['offsite', name, usage.arguments, '[options]'].filter(Boolean).join(' ')}`,
    '',
    'Options:',
    ...columns(usage.options.map(option => optionColumns(option, OPTIONS[option], usage.formats))),
    ...(usage.notes === undefined ? [] : ['', ...usage.notes]),
    '',
  ].join('\n');
}

function optionColumns(
  name: string,
  option: OptionUsage,
  formats: readonly string[] | undefined,
): readonly [string, string] {
  const value = name === 'format' && formats !== undefined ? formats.join('|') : option.value;
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  return [`${short}--${name}${value === undefined ? '' : ` ${value}`}`, option.help];
}

/** Two columns, the second aligned. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
