/** Arguments to settings. Every mistake is a `UsageError` that says what was meant, if that can be guessed. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { daysInMonth } from '../calendar/civil.ts';
import { closest } from './closest.ts';
import type { CommandName, CommandUsage, OptionName } from './usage.ts';
import { COMMANDS, isCommandName, isOptionName, OPTIONS } from './usage.ts';

/** Wrong usage: exit code 2. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Format = 'human' | 'json' | 'github' | 'sarif' | 'markdown';
export type ColorChoice = 'auto' | 'always' | 'never';
/** Real tools that `verify` runs: those installed, all or it fails, or none. */
export type ToolChoice = 'auto' | 'all' | 'none';

export interface Settings {
  readonly command: CommandName;
  readonly positionals: readonly string[];
  readonly topology: string | undefined;
  readonly out: string | undefined;
  readonly templates: string | undefined;
  readonly maxBytes: number;
  /** YYYY-MM-DD */
  readonly asOf: string | undefined;
  readonly format: Format;
  readonly color: ColorChoice;
  readonly strict: boolean;
  readonly tools: ToolChoice;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

type Values = Partial<Record<OptionName, string | boolean>>;

/** Settings of a command line without its first two words (`node`, script). */
export function parseSettings(argv: readonly string[]): Settings {
  const { values, positionals } = readTokens(argv);
  const [name, ...rest] = positionals;
  if (name === undefined) throw new UsageError('no command given; `offsite --help` lists them');
  if (!isCommandName(name)) {
    throw new UsageError(
      `unknown command '${name}'${closest(name, [...Object.keys(COMMANDS), '--help', '--version'])}`,
    );
  }
  const usage: CommandUsage = COMMANDS[name];
  for (const option of Object.keys(values) as OptionName[]) {
    if (!usage.options.includes(option)) throw new UsageError(`'${name}' has no option '--${option}'`);
  }
  checkArity(name, usage, rest);
  if (values.quiet === true && values.verbose === true) {
    throw new UsageError("options '--quiet' and '--verbose' contradict each other");
  }
  return {
    command: name,
    positionals: rest,
    topology: text(values.topology),
    out: text(values.out),
    templates: text(values.templates),
    maxBytes: bytes(text(values['max-bytes'])),
    asOf: day(text(values['as-of'])),
    format: oneOf(
      'format',
      text(values.format) ?? 'human',
      usage.formats ?? ['human', 'json', 'github'],
    ) as Format,
    color: oneOf('color', text(values.color) ?? 'auto', ['auto', 'always', 'never']) as ColorChoice,
    strict: values.strict === true,
    tools: oneOf('tools', text(values.tools) ?? 'auto', ['auto', 'all', 'none']) as ToolChoice,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
  };
}

/** `parseArgs` is left lenient, because its own messages do not say what was meant. */
function readTokens(argv: readonly string[]): { values: Values; positionals: string[] } {
  // Without options there is nothing to take apart, and `parseArgs` is not loaded.
  if (!argv.some(word => word.startsWith('-'))) return { values: {}, positionals: [...argv] };
  const options: NonNullable<ParseArgsConfig['options']> = { ...OPTIONS };
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Values = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!isOptionName(name)) throw unknownOption(rawName);
    if (OPTIONS[name].type === 'boolean') {
      if (value !== undefined) throw new UsageError(`option '${rawName}' takes no value`);
      values[name] = true;
    } else if (value === undefined || value === '' || (inlineValue === false && /^-./.test(value))) {
      throw new UsageError(`option '${rawName}' needs a value`);
    } else values[name] = value;
  }
  return { values, positionals };
}

function unknownOption(rawName: string): UsageError {
  const known = Object.keys(OPTIONS).map(option => `--${option}`);
  return new UsageError(
    `unknown option '${rawName}'${rawName.startsWith('--') ? closest(rawName, known) : ''}`,
  );
}

function checkArity(
  name: string,
  { arity: [least, most], arguments: wanted, options }: CommandUsage,
  given: readonly string[],
) {
  if (given.length < least) throw new UsageError(`'${name}' needs an argument: ${wanted}`);
  const extra = given[most];
  if (extra === undefined) return;
  const isTopology = options.includes('topology') && /\.ya?ml$/.test(extra);
  const hint = isTopology ? `; did you mean '--topology ${extra}'?` : '';
  throw new UsageError(`'${name}' takes no argument '${extra}'${hint}`);
}

function oneOf(option: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw new UsageError(
    `option '--${option}' is one of ${allowed.join(', ')}, not '${value}'${closest(value, allowed)}`,
  );
}

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 };

function bytes(value: string | undefined): number {
  if (value === undefined) return 32 * 2 ** 20;
  const [, number, unit = ''] = /^([0-9]{1,12}) ?([KMG]iB|B)?$/i.exec(value) ?? [];
  const factor = UNITS[unit.toUpperCase()];
  if (number === undefined || factor === undefined || Number(number) === 0) {
    throw new UsageError(`option '--max-bytes' is a size such as 64MiB, not '${value}'`);
  }
  return Number(number) * factor;
}

function day(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const [year, month, date] = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) ? value.split('-').map(Number) : [];
  const isDay =
    year !== undefined &&
    month !== undefined &&
    date !== undefined &&
    month >= 1 &&
    month <= 12 &&
    date >= 1 &&
    date <= daysInMonth(year, month);
  if (isDay) return value;
  throw new UsageError(`option '--as-of' is a day such as 2026-10-01, not '${value}'`);
}

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;
