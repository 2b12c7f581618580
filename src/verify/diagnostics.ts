/** What tools said, as diagnostics at the lines of the topology that caused the rendered lines. */
import { KINDS } from '../artifacts/kinds.ts';
import { atKey, type Diagnostic, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { JudgedFinding, Judgement } from './judge.ts';
import type { JudgedFile } from './tool.ts';

export interface ToolSettings {
  /** A tool that is missing or that gives no verdict is an error. */
  readonly all: boolean;
  /** How `out/` is printed. */
  readonly label: string;
}

/** Findings of every judgement, in their order. */
export function toolDiagnostics(
  judgements: readonly Judgement[],
  settings: ToolSettings,
): readonly Diagnostic[] {
  return judgements.flatMap(judgement => [
    ...(settings.all ? absent(judgement, settings) : []),
    ...judgement.findings.map(finding => found(judgement, finding, settings)),
  ]);
}

function absent(judgement: Judgement, { label }: ToolSettings): readonly Diagnostic[] {
  const [first] = judgement.files;
  if (judgement.state === 'ran' || first === undefined) return [];
  return [
    {
      code: 'tool-missing',
      severity: 'error',
      message: `${judgement.tool.name} cannot judge ${count(judgement.files)}: ${reason(judgement)}`,
      place: inFile(first, 1, label),
      help: judgement.state === 'missing' ? `apt-get install ${judgement.tool.package}` : ROOT_HELP,
    },
  ];
}

const ROOT_HELP = 'run it as root, or allow user namespaces';

/** Why a tool did not run; empty when it did. */
export function reason(judgement: Judgement): string {
  switch (judgement.state) {
    case 'ran':
      return '';
    case 'missing':
      return `${judgement.programs.join(' and ')} not found`;
    case 'unusable':
      return 'it needs to be root, or a user namespace';
    default:
      return judgement satisfies never;
  }
}

export const count = (files: readonly unknown[]): string =>
  `${files.length} ${files.length === 1 ? 'file' : 'files'}`;

function found({ tool }: Judgement, finding: JudgedFinding, { all, label }: ToolSettings): Diagnostic {
  const { file } = finding;
  const alike = finding.alike === 0 ? '' : ` (and ${finding.alike} more with the same text)`;
  if (finding.kind === 'unclear') {
    return {
      code: 'tool-unclear',
      severity: all ? 'error' : 'warning',
      message: `${tool.name} gave no verdict on ${label}/${file.path}: ${finding.message}`,
      place: inFile(file, 1, label),
    };
  }
  const rendered = inFile(file, finding.line ?? 1, label);
  const causes = finding.line === undefined ? [] : causesOf(file, finding.line);
  const [cause] = causes;
  const message = `${tool.name} refuses ${label}/${file.path}${alike}: ${finding.message}`;
  const diagnostic = { code: 'tool-refused', severity: 'error', message } as const;
  if (cause === undefined) return { ...diagnostic, place: rendered };
  return { ...diagnostic, place: atKey(cause), related: [{ message: 'the rendered line', place: rendered }] };
}

const inFile = (file: JudgedFile, line: number, label: string): Place => ({
  kind: 'file',
  file: `${label}/${file.path}`,
  line,
});

/** Topology paths of the facts on a line or, where there are none, of the last ones before it. */
function causesOf({ artifact, text }: JudgedFile, line: number): readonly TopologyPath[] {
  const facts = KINDS.get(artifact.kind)?.read(text).facts ?? [];
  let best = -1;
  let last = 0;
  facts.forEach((fact, index) => {
    if (fact.line > line || fact.line <= last) return;
    best = index;
    last = fact.line;
  });
  return artifact.facts[best]?.causes ?? [];
}
