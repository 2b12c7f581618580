/** One live file compared with what is rendered for it. */
import { KINDS } from '../artifacts/kinds.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { firstInvalidByte } from '../load/utf8.ts';
import { lineCauses } from '../render/provenance.ts';
import type { RenderedFile } from '../render/render-all.ts';
import { compareMeaning, type Difference } from './compare.ts';
import { damageFindings } from './damage.ts';
import { hasPlaceholder, type Mask, maskFor, SECRET } from './mask.ts';
import { normaliserOf } from './normalise/index.ts';
import { pbsSections } from './normalise/pbs-sections.ts';
import type { DriftFinding, FileReport } from './report.ts';
import type { Section, Statement, Understood } from './statement.ts';

/** The report of a file that is there. `removed`: ids of sections that must have gone. */
export function compareFile(
  { artifact, text }: RenderedFile,
  bytes: Uint8Array,
  removed: ReadonlySet<string>,
): FileReport {
  const { path, kind, ownership } = artifact;
  const decoded = decode(bytes);
  if (typeof decoded !== 'string') return { path, state: 'drift', findings: [decoded] };
  const normalise = normaliserOf(kind, path);
  const rendered = normalise(text, artifact);
  const live = hideUnknown(
    normalise(decoded, artifact),
    rendered,
    artifact.folder === 'fill' && normalise !== pbsSections,
  );
  const mask = maskFor(text, decoded, live);
  const causes = causesOf(artifact, text);
  const differences = compareMeaning(live, rendered, { ownership, removed }).map(one =>
    finding(one, mask, causes),
  );
  const lines = decoded.split('\n');
  const findings = damageFindings(live, differences, { ownership, rendered, lines, mask }).sort(byLine);
  return { path, state: findings.some(({ kind }) => kind !== 'foreign') ? 'drift' : 'same', findings };
}

/** The report of a file that is not there. One that says nothing may as well be missing. */
export function missingFile({ artifact, text }: RenderedFile): FileReport {
  const { path, kind } = artifact;
  const { sections, statements } = normaliserOf(kind, path)(text, artifact);
  if (sections.length === 0 && statements.length === 0) return { path, state: 'same', findings: [] };
  const causes = new Map(
    artifact.facts.flatMap(fact => fact.causes.map(cause => [JSON.stringify(cause), cause])),
  );
  return {
    path,
    state: 'missing',
    findings: [{ kind: 'only-rendered', at: 'file', causes: [...causes.values()].slice(0, 1) }],
  };
}

/** The report of a file that is there and cannot be read. */
export const unusableFile = (path: string, reason: string): FileReport => ({
  path,
  state: 'drift',
  findings: [{ kind: 'damaged', at: 'file', message: reason, causes: [] }],
});

function decode(bytes: Uint8Array): string | DriftFinding {
  const invalid = firstInvalidByte(bytes);
  const zero = bytes.indexOf(0);
  const damage = (at: number, message: string): DriftFinding => {
    let line = 1;
    for (let index = bytes.indexOf(10); index >= 0 && index < at; index = bytes.indexOf(10, index + 1))
      line += 1;
    return { kind: 'damaged', at: `line ${line}`, line, message, causes: [] };
  };
  if (invalid >= 0) return damage(invalid, 'the file is no UTF-8 text');
  if (zero >= 0) return damage(zero, 'the file holds NUL bytes');
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/**
 * In a file that is made to hold secrets, and whose properties no table knows, every value may be one that is not
 * rendered as open text in the same place.
 */
function hideUnknown(live: Understood, rendered: Understood, holdsSecrets: boolean): Understood {
  if (!holdsSecrets) return live;
  const open = new Set(rendered.statements.filter(({ secret }) => secret !== true).map(({ at }) => at));
  const hidden = (one: Statement): Statement => (open.has(one.at) ? one : { ...one, secret: true });
  return { ...live, statements: live.statements.map(hidden) };
}

type CausesOf = (line: number) => readonly TopologyPath[];

/** Causes by rendered line, computed when first asked for: most files are the same. */
function causesOf({ kind, facts }: RenderedFile['artifact'], text: string): CausesOf {
  let lines: ReadonlyMap<number, readonly TopologyPath[]> | undefined;
  return line => {
    lines ??= new Map(
      lineCauses(facts, KINDS.get(kind)?.read(text).facts ?? []).map(one => [one.line, one.causes]),
    );
    // The header of a section may say nothing itself: then its first line speaks for it.
    return lines.get(line) ?? lines.get(line + 1) ?? [];
  };
}

function finding({ kind, at, live, rendered }: Difference, mask: Mask, causes: CausesOf): DriftFinding {
  return {
    kind,
    at,
    ...(live === undefined ? {} : { ...liveSide(live, rendered, mask), line: live.line }),
    ...(rendered === undefined ? {} : renderedSide(rendered, live)),
    causes: rendered === undefined ? [] : causes(rendered.line),
  };
}

const isStatement = (side: Section | Statement): side is Statement => 'meaning' in side;

function liveSide(live: Section | Statement, rendered: unknown, mask: Mask): { live?: string } {
  if (isStatement(live)) return { live: mask.statement(live) };
  return rendered === undefined ? {} : { live: live.name };
}

function renderedSide(rendered: Section | Statement, live: unknown): { rendered?: string } {
  if (!isStatement(rendered)) return live === undefined ? {} : { rendered: rendered.name };
  const { secret, value } = rendered;
  return { rendered: secret || hasPlaceholder(value) ? SECRET : value === '' ? '(set)' : value };
}

/** What is only rendered has no line, and comes last. */
const byLine = (a: DriftFinding, b: DriftFinding): number => lineOf(a) - lineOf(b);
const lineOf = ({ line }: DriftFinding): number => line ?? Number.MAX_SAFE_INTEGER;
