/** Damage of a live file as findings, each joined with the difference that it makes. */
import type { Ownership, ReadError } from '../artifacts/artifact.ts';
import { blockOf, isMarker } from './block.ts';
import type { Mask } from './mask.ts';
import type { DriftFinding } from './report.ts';
import type { Understood } from './statement.ts';

export interface DamageContext {
  readonly ownership: Ownership;
  readonly rendered: Understood;
  /** Of the live file. */
  readonly lines: readonly string[];
  readonly mask: Mask;
}

/** After so many the rest is noise. */
const MOST = 50;

/**
 * The differences, and the damage. Where a damaged line is also a difference the two are one finding; damage in what
 * belongs to the host is foreign.
 */
export function damageFindings(
  live: Understood,
  differences: readonly DriftFinding[],
  context: DamageContext,
): DriftFinding[] {
  const isOurs = ownerOf(live, context);
  const byPlace = new Map(differences.map(one => [one.at, one]));
  const byLine = new Map(differences.filter(({ line }) => line !== undefined).map(one => [one.line, one]));
  const joined = new Set<DriftFinding>();
  const damaged = live.damage.slice(0, MOST).map((error): DriftFinding => {
    const { line } = error;
    const message = context.mask.message(error.message, line);
    if (!isOurs(line)) return { kind: 'foreign', at: placeOf(live, line), line, message, causes: [] };
    const difference = byPlace.get(missingPlace(error) ?? '') ?? byLine.get(line);
    if (difference === undefined)
      return { kind: 'damaged', at: placeOf(live, line), line, message, causes: [] };
    joined.add(difference);
    return { ...difference, kind: 'damaged', line, message };
  });
  return [...damaged, ...more(live.damage.length - MOST), ...differences.filter(one => !joined.has(one))];
}

const more = (count: number): readonly DriftFinding[] =>
  count <= 0 ? [] : [{ kind: 'damaged', at: 'file', message: `${count} more lines are damaged`, causes: [] }];

/** Place of a required property whose absence a reader reports. */
function missingPlace({ message }: ReadError): string | undefined {
  const [, key, section] = /property "([^"]+)" is missing in "([^"]+)"$/.exec(message) ?? [];
  if (section !== undefined) return `${section}/${key}`;
  const [, name, lost] = /section "([^"]+)" is kept undefined: "([^"]+)" is missing/.exec(message) ?? [];
  return name === undefined ? undefined : `${name}/${lost}`;
}

function placeOf({ statements, sections }: Understood, line: number): string {
  const found =
    statements.find(one => one.line === line)?.at ?? sections.find(one => one.line === line)?.name;
  return found ?? `line ${line}`;
}

/** Whether a line belongs to what is rendered, and not to the host. */
function ownerOf(live: Understood, { ownership, rendered, lines }: DamageContext): (line: number) => boolean {
  const ids = new Set(rendered.sections.map(({ id }) => id));
  if (ownership === 'block') {
    const inBlock = blockOf(lines);
    // A line of the host that says something of what is ours gets into its way.
    const clashes = new Set(live.foreign.filter(({ id }) => ids.has(id)).map(({ line }) => line));
    return line => inBlock(line) || clashes.has(line) || isMarker(lines[line - 1] ?? '');
  }
  if (ownership === 'keys') {
    const places = new Set(rendered.statements.map(({ at }) => at));
    return line => live.statements.some(one => one.line === line && places.has(one.at));
  }
  if (ownership === 'sections') return line => ids.has(headerAbove(lines, line) ?? '');
  return () => true;
}

/** Id of the nearest section header at or above a line. */
function headerAbove(lines: readonly string[], line: number): string | undefined {
  for (let at = line; at >= 1; at--) {
    const [, id] = /^[^\s#:][^\s:]*:\s*(\S+)\s*$/.exec(lines[at - 1] ?? '') ?? [];
    if (id !== undefined) return id;
  }
  return undefined;
}
