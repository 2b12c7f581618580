/** Two files compared by meaning, without regard to order. Linear in the number of statements. */
import type { Ownership } from '../artifacts/artifact.ts';
import { groupBy } from '../multimap.ts';
import { hasPlaceholder } from './mask.ts';
import type { Section, Statement, Understood } from './statement.ts';

export type DifferenceKind = 'only-live' | 'only-rendered' | 'different' | 'foreign';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly at: string;
  readonly live?: Section | Statement;
  readonly rendered?: Section | Statement;
}

export interface CompareOptions {
  readonly ownership: Ownership;
  /** Ids of sections that must have gone, foreign or not. */
  readonly removed: ReadonlySet<string>;
}

/** Every difference: sections in file order, then statements by place. A section that is missing is one difference. */
export function compareMeaning(
  live: Understood,
  rendered: Understood,
  options: CompareOptions,
): readonly Difference[] {
  const sections = compareSections(live.sections, rendered.sections, options);
  const said = (statements: readonly Statement[]) =>
    byPlace(statements.filter(({ section }) => section === undefined || sections.common.has(section)));
  const here = said(live.statements);
  const there = said(rendered.statements);
  const differences: (readonly Difference[])[] = [sections.differences];
  for (const [at, statements] of there) differences.push(comparePlace(at, here.get(at) ?? [], statements));
  for (const [at, statements] of here) {
    if (there.has(at)) continue;
    const kind = options.ownership === 'keys' ? 'foreign' : 'only-live';
    differences.push(statements.filter(isHeard).map(statement => ({ kind, at, live: statement })));
  }
  differences.push(live.foreign.map(section => foreign(section, options)));
  return differences.flat();
}

function compareSections(
  live: readonly Section[],
  rendered: readonly Section[],
  options: CompareOptions,
): { readonly differences: Difference[]; readonly common: ReadonlySet<string> } {
  const here = new Map(live.map(section => [section.id, section]));
  const there = new Map(rendered.map(section => [section.id, section]));
  const differences: Difference[] = [];
  const common = new Set<string>();
  for (const [id, section] of there) {
    const found = here.get(id);
    if (found === undefined) differences.push({ kind: 'only-rendered', at: section.name, rendered: section });
    else if (found.name === section.name) common.add(section.name);
    else differences.push({ kind: 'different', at: section.name, live: found, rendered: section });
  }
  for (const [id, section] of here) {
    if (there.has(id)) continue;
    if (options.ownership === 'sections') differences.push(foreign(section, options));
    else differences.push({ kind: 'only-live', at: section.name, live: section });
  }
  return { differences, common };
}

const foreign = (section: Section, { removed }: CompareOptions): Difference => ({
  kind: removed.has(section.id) ? 'only-live' : 'foreign',
  at: section.name,
  live: section,
});

const byPlace = (statements: readonly Statement[]) => groupBy(statements, ({ at }) => at);

function comparePlace(
  at: string,
  live: readonly Statement[],
  rendered: readonly Statement[],
): readonly Difference[] {
  const pool = groupBy(live, ({ meaning }) => meaning);
  // Any value may stand where a placeholder is rendered: what the secret is, nobody here knows.
  const filled = live.filter(({ value }) => value !== '' && !hasPlaceholder(value)).values();
  const matched = new Set<Statement>();
  const missing = rendered.filter(statement => {
    const found = hasPlaceholder(statement.value)
      ? filled.next().value
      : pool.get(statement.meaning)?.shift();
    if (found !== undefined) matched.add(found);
    return found === undefined;
  });
  const extra = live.filter(statement => !matched.has(statement));
  if (missing.length === 1 && extra.length === 1) {
    return [{ kind: 'different', at, live: extra[0]!, rendered: missing[0]! }];
  }
  if (missing.length === 0 && extra.length === 0) return otherOrder(at, live, rendered);
  return [
    ...missing
      .filter(isHeard)
      .map(statement => ({ kind: 'only-rendered', at, rendered: statement }) as const),
    ...extra.filter(isHeard).map(statement => ({ kind: 'only-live', at, live: statement }) as const),
  ];
}

const isHeard = ({ silent }: Statement): boolean => silent !== true;

/** The first place at which commands of two lists with the same members differ. */
function otherOrder(
  at: string,
  live: readonly Statement[],
  rendered: readonly Statement[],
): readonly Difference[] {
  if (rendered[0]?.ordered !== true) return [];
  const index = rendered.findIndex(({ meaning }, position) => meaning !== live[position]?.meaning);
  if (index < 0) return [];
  return [{ kind: 'different', at: `${at} (order)`, live: live[index]!, rendered: rendered[index]! }];
}
