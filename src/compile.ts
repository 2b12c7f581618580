/**
 * The compiler, phase by phase: load → validate → resolve → check → lower → render → verify → prove. Takes the bytes
 * of a topology, gives diagnostics and (without errors) the texts of every file below out/; reads templates, writes
 * nothing. Each phase gives a new type, so that none can be skipped; errors stop the next one, and within a phase
 * everything is collected. Lower, render and verify go together, kind by kind; only what rules refuse is lowered all the
 * same, and its way foretold, for what these have to say: one run says all. This is the file to read first.
 */

import { factsOf } from './analyses/facts.ts';
import { isNetworkFile } from './analyses/network/text-file.ts';
import { lower } from './artifacts/index.ts';
import { KINDS } from './artifacts/kinds.ts';
import type { Lowered } from './artifacts/lowering.ts';
import { manifestFile } from './artifacts/manifest.ts';
import { errorsAt, withoutConsequences } from './diagnostics/consequences.ts';
import type { Diagnostic, TopologyPath } from './diagnostics/diagnostic.ts';
import type { Source } from './diagnostics/locate.ts';
import type { OutFile } from './emit/change.ts';
import type { OutTree } from './emit/out-tree.ts';
import type { Stage } from './emit/stage.ts';
import { decodeTopology } from './load/decode.ts';
import type { DataMap } from './load/document.ts';
import { documentFromEvents } from './load/events.ts';
import { readPackageFile } from './load/input.ts';
import type { Parsed } from './load/parse.ts';
import { readTemplates } from './load/templates.ts';
import type { OffsiteTopology } from './model/spec.ts';
import { builtInTemplates } from './render/built-in.ts';
import { createRenderer } from './render/engine.ts';
import {
  type CausedLine,
  causedLines,
  type RenderedFile,
  renderAll,
  sortedByPath,
} from './render/render-all.ts';
import { renderWhileLowering } from './render/render-while-lowering.ts';
import { resolve } from './resolve/resolve.ts';
import { codes, RULES } from './rules/index.ts';
import { judgeLeftOut } from './rules/left-out.ts';
import { foretell, prove } from './rules/network-rules.ts';
import { applyPolicy } from './rules/policy.ts';
import { runRules } from './rules/rule.ts';
import { suppress } from './rules/suppress.ts';
import type { Schema } from './validate/schema.ts';
import { topologyValidators, validate } from './validate/validate.ts';

export interface CompileInput {
  readonly bytes: Uint8Array;
  /** Name of the topology for messages. */
  readonly file: string;
  /** Templates laid over the installed ones. */
  readonly templatesDir?: string;
  readonly maxBytes?: number;
  /** The day, YYYY-MM-DD, after which exceptions from the policy have ended; without it they never do. */
  readonly asOf?: string;
  /** Texts that `out/` holds already are not kept in memory; without it all are. */
  readonly out?: Pick<OutTree, 'holds'>;
  /** Takes texts that need not stay in memory. */
  readonly stage?: Stage['take'] | undefined;
}

export interface Compilation {
  readonly diagnostics: readonly Diagnostic[];
  /** Every file below out/, sorted by path; undefined when there are errors. */
  readonly files: readonly OutFile[] | undefined;
  readonly source: Source;
  /** The input is no text at all. */
  readonly unreadable: boolean;
  /** Which topology paths caused which rendered lines. */
  explain(): { readonly lines: readonly CausedLine[] };
  /** What was rendered with its facts, and what is to go away or waits for values; undefined when there are errors. */
  readonly rendered: Rendered | undefined;
}

export interface Rendered extends Pick<Lowered, 'changes' | 'withheld'> {
  readonly files: readonly RenderedFile[];
}

/** Compiles one topology. Throws only for bugs of offsite and for templates that cannot be read (`FileFailure`). */
export async function compile(input: CompileInput): Promise<Compilation> {
  const { file, maxBytes } = input;
  const decoded = decodeTopology(input.bytes, maxBytes === undefined ? {} : { maxBytes });
  if (!decoded.ok) return failed({ file, text: decoded.text }, decoded.diagnostics, true);

  const parsed = await parse(decoded.text);
  const source = { file, text: decoded.text, index: parsed.document?.index };
  if (parsed.document === undefined) return failed(source, parsed.diagnostics);

  const validated = await validate(parsed.document, topologyValidators(readSchema));
  const unresolved = [...parsed.diagnostics, ...validated.diagnostics];
  const { data } = parsed.document;
  const leftOut = (objects: readonly TopologyPath[]): Iterable<Diagnostic> => {
    const refused = new Set(unresolved.flatMap(nameRefused));
    const isRefused = (path: TopologyPath): boolean => refused.has(path.join(' '));
    return judgeLeftOut({ objects, values: validated.valuesIn(objects), data, isRefused });
  };
  if (validated.data === undefined) return failed(source, [...unresolved, ...leftOut(objectsOf(data))]);

  const resolved = resolve(validated.data as unknown as OffsiteTopology, validated.poisoned);
  const facts = factsOf(resolved.topology, input.asOf);
  const before = [...unresolved, ...resolved.diagnostics];
  const isSound = !hasErrors(before);
  const lost = leftOut([...validated.poisoned, ...resolved.dropped]);
  const found = [...before, ...runRules(RULES, facts, isSound), ...lost];
  const { policy } = resolved.topology;
  const judge = (all: readonly Diagnostic[]) => applyPolicy(suppress(all, source, false, codes), policy);
  // What was left out would be missed everywhere.
  if (!isSound) return failed(source, judge(found));

  const said = ({ diagnostics }: Lowered) => withoutConsequences(diagnostics, found);
  const refused = (lowered: Lowered): Compilation => {
    const foretold = withoutConsequences(foretell(facts, errorsAt(found)), said(lowered));
    return failed(source, [...judge([...found, ...said(lowered)]), ...foretold]);
  };
  if (hasErrors(judge(found))) return refused(lower(facts));

  const renderer = await createRenderer({
    templateTexts: readTemplates(input.templatesDir, builtInTemplates),
  });
  const { out, stage } = input;
  // The proof reads texts again.
  const keeping = { holds: out?.holds, stage, isWanted: isNetworkFile };
  const rendering = renderWhileLowering(renderer, KINDS, keeping);
  const lowered = lower(facts, rendering.take);
  const lowering = [...found, ...said(lowered)];
  const diagnostics = judge(lowering);
  if (hasErrors(diagnostics)) return refused(lowered);

  const rendered = rendering.result() ?? renderAll(renderer, KINDS, lower(facts).artifacts);
  const layout = [...renderer.diagnostics, ...rendered.diagnostics];
  if (hasErrors(layout)) return failed(source, [...diagnostics, ...layout]);

  const proved = prove(facts, rendered.files);
  const all = [...applyPolicy(suppress([...lowering, ...proved], source, true, codes), policy), ...layout];
  if (hasErrors(all)) return failed(source, all);
  const sorted = sortedByPath(rendered.files);
  const manifest = manifestFile(lowered, sorted);
  return {
    diagnostics: all,
    files: inserted(sorted, manifest),
    source,
    unreadable: false,
    explain: () => ({ lines: causedLines(KINDS, rendered.files) }),
    rendered: { files: rendered.files, changes: lowered.changes, withheld: lowered.withheld },
  };
}

const nameRefused = ({ code, place }: Diagnostic): string[] =>
  code === 'invalid-name' && place.kind === 'path' ? [place.path.join(' ')] : [];

/** Paths of all that has a name in a top-level map. */
const objectsOf = (data: DataMap): readonly TopologyPath[] =>
  Object.entries(data).flatMap(([section, map]) =>
    typeof map === 'object' && map !== null ? Object.keys(map).map(key => [section, key]) : [],
  );

/** Few topologies need it: the validators are compiled from it. */
const readSchema = (): Schema => JSON.parse(readPackageFile('schema/topology.schema.json')) as Schema;

/** The complete reader is loaded for the files that need it. */
async function parse(text: string): Promise<Parsed> {
  const document = documentFromEvents(text);
  if (document !== undefined) return { document, diagnostics: [] };
  return (await import('./load/parse.ts')).parseTopology(text);
}

function failed(source: Source, diagnostics: readonly Diagnostic[], unreadable = false): Compilation {
  const nothing = { files: undefined, rendered: undefined, explain: () => ({ lines: [] }) };
  return { diagnostics, source, unreadable, ...nothing };
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(diagnostic => diagnostic.severity === 'error');

/** @param files sorted by path, as the result is. */
function inserted(files: readonly OutFile[], file: OutFile): readonly OutFile[] {
  const at = files.findIndex(({ path }) => path > file.path);
  return at < 0 ? [...files, file] : files.toSpliced(at, 0, file);
}
