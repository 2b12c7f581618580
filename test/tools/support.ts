import type { RenderedFile } from '../../src/render/render-all.ts';
import { TOOLS } from '../../src/verify/all-tools.ts';
import { type Judgement, judgeAll } from '../../src/verify/judge.ts';
import type { Limits } from '../../src/verify/process.ts';
import type { Tool } from '../../src/verify/tool.ts';
import { searchPath, withWorld } from '../../src/verify/world.ts';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';

const PATH = searchPath(process.env['PATH']);

export interface JudgeOptions {
  readonly tools?: readonly Tool[];
  readonly path?: string;
  readonly limits?: Limits;
}

/** What the tools of this machine say of rendered files. */
export function judged(
  files: readonly RenderedFile[],
  { tools = TOOLS, path = PATH, limits }: JudgeOptions = {},
): Promise<readonly Judgement[]> {
  const options = limits === undefined ? { path } : { path, limits };
  return withWorld(options, world => judgeAll(tools, files, world));
}

/** Files of all complete topologies, with the name of the topology before path and target. */
export async function allRendered(): Promise<readonly RenderedFile[]> {
  const lists = await Promise.all(
    completeTopologies.map(async topology => {
      const { rendered } = await compiledTopology(topology);
      if (rendered === undefined) throw new Error(`${topology.name} has errors`);
      return rendered.files.map(({ path, text, artifact }) => ({
        path: `${topology.name}/${path}`,
        text,
        artifact: { ...artifact, target: `${topology.name}/${artifact.target}` },
      }));
    }),
  );
  return lists.flat();
}

/** Findings as `PATH:LINE: message`. */
export const said = (judgements: readonly Judgement[]): readonly string[] =>
  judgements.flatMap(({ tool, findings }) =>
    findings.map(
      finding =>
        `${tool.name}: ${finding.kind} ${finding.file.path}:${'line' in finding ? finding.line : ''}: ${finding.message}`,
    ),
  );

/** Tools that did not run. In CI that is an error, elsewhere it is said loudly. */
export function absentTools(judgements: readonly Judgement[]): readonly string[] {
  const absent = judgements.filter(({ state }) => state !== 'ran').map(({ tool }) => tool.name);
  if (absent.length > 0 && process.env['CI'] !== undefined)
    throw new Error(`did not run: ${absent.join(', ')}`);
  if (absent.length > 0) console.warn(`SKIPPED: ${absent.join(', ')} did not run`);
  return absent;
}
