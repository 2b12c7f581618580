/**
 * Runs tools over rendered files: writes them into a scratch directory with dummies for secrets, gives each tool what it
 * wants, and collects what they say. Nothing on this machine is changed.
 */
import { withDummySecrets } from '../artifacts/secrets.ts';
import { groupBy } from '../multimap.ts';
import type { RenderedFile } from '../render/render-all.ts';
import type { Finding, JudgedFile, Tool } from './tool.ts';
import type { World } from './world.ts';

export type Verdict =
  /** It ran; whether it liked what it saw is in the findings. */
  | { readonly state: 'ran' }
  /** Programs that are not installed. */
  | { readonly state: 'missing'; readonly programs: readonly string[] }
  /** Installed, but it cannot be used: it needs to be root. */
  | { readonly state: 'unusable' };

export type Judgement = Verdict & {
  readonly tool: Tool;
  /** All files that the tool is for, equal ones included. */
  readonly files: readonly JudgedFile[];
  readonly findings: readonly JudgedFinding[];
};

export type JudgedFinding = Finding & {
  /** Other files with the same text. */
  readonly alike: number;
};

/** One judgement per tool that is for at least one file, in the order of `tools`. */
export async function judgeAll(
  tools: readonly Tool[],
  rendered: readonly RenderedFile[],
  world: World,
): Promise<readonly Judgement[]> {
  const files = rendered.map(file => copied(file, world));
  const wanted = tools.map(tool => ({ tool, files: files.filter(file => tool.wants(file)) }));
  return Promise.all(
    wanted.filter(one => one.files.length > 0).map(one => judgeOne(one.tool, one.files, world)),
  );
}

function copied({ path, text, artifact }: RenderedFile, world: World): JudgedFile {
  const filled = artifact.folder === 'fill' ? withDummySecrets(text) : text;
  return { path, text: filled, artifact, copy: world.write(`out/${path}`, filled) };
}

async function judgeOne(tool: Tool, files: readonly JudgedFile[], world: World): Promise<Judgement> {
  const programs = tool.programs.filter(program => world.find(program) === undefined);
  if (programs.length > 0) return { state: 'missing', programs, tool, files, findings: [] };
  if (tool.root === true && !(await world.canBeRoot()))
    return { state: 'unusable', tool, files, findings: [] };
  const groups = [
    ...groupBy(files, file => (tool.scope === 'text' ? sameVerdict(file) : file.path)).values(),
  ];
  const sizes = new Map(
    groups.flatMap(([first, ...more]) => (first === undefined ? [] : [[first, more.length]])),
  );
  const findings = await tool.judge([...sizes.keys()], world);
  return {
    state: 'ran',
    tool,
    files,
    findings: findings.map(finding => ({ ...finding, alike: sizes.get(finding.file) ?? 0 })),
  };
}

/** Files with one path on their hosts and one text get one verdict. */
const sameVerdict = ({ artifact, text }: JudgedFile): string => `${artifact.path}\n${text}`;
