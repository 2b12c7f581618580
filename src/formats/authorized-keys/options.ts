/** The options in front of a key (sshd(8); auth-options.c). */

export interface KeyOption {
  readonly name: string;
  /** Unquoted value; absent for a flag. */
  readonly value?: string;
}

const FLAGS = new Set(
  (
    'agent-forwarding cert-authority no-agent-forwarding no-port-forwarding no-pty no-touch-required no-user-rc ' +
    'no-x11-forwarding port-forwarding pty restrict user-rc verify-required x11-forwarding'
  ).split(' '),
);
const VALUED = new Set(
  'command environment expiry-time from permitlisten permitopen principals tunnel'.split(' '),
);
/** May be given more than once; sshd refuses or overwrites the others. */
const REPEATED = new Set(['environment', 'permitlisten', 'permitopen']);

/** End of the options that start at an index: the first blank outside quotes, or the end of the line. */
export function optionsEnd(line: string, start: number): { end: number; open: boolean } {
  let quoted = false;
  let at = start;
  for (; at < line.length && (quoted || (line[at] !== ' ' && line[at] !== '\t')); at++) {
    if (line[at] === '\\' && line[at + 1] === '"') at++;
    else if (line[at] === '"') quoted = !quoted;
  }
  return { end: Math.min(at, line.length), open: quoted };
}

/** Splits `a,b="c"` and says why sshd would refuse an option, which makes it ignore the whole key. */
export function readOptions(text: string): { options: readonly KeyOption[]; problems: readonly string[] } {
  const options: KeyOption[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  let at = 0;
  while (at <= text.length) {
    const found = /([A-Za-z0-9-]+)(?:="((?:\\"|\\(?!")|[^"\\])*)")?(?:,|$)/y;
    found.lastIndex = at;
    const match = found.exec(text);
    if (match === null) {
      problems.push(`cannot read the options from "${text.slice(at)}"`);
      break;
    }
    const name = match[1] ?? '';
    const value = match[2]?.replaceAll('\\"', '"');
    options.push(value === undefined ? { name } : { name, value });
    const known = name.toLowerCase();
    const table = value === undefined ? FLAGS : VALUED;
    if (!table.has(known))
      problems.push(`unknown option "${name}"${value === undefined ? '' : ' with a value'}`);
    if (seen.has(known) && !REPEATED.has(known)) problems.push(`option "${name}" stands twice`);
    seen.add(known);
    at = found.lastIndex;
    if (at === text.length && !match[0].endsWith(',')) break;
  }
  return { options, problems };
}
