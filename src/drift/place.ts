/** Findings with the places of their causes looked up: what is printed, in any format. */
import { linesOf } from '../diagnostics/lines.ts';
import { locate, type Source } from '../diagnostics/locate.ts';
import type { Location } from '../diagnostics/located.ts';
import type { DriftFinding, FileReport, TargetReport } from './report.ts';
import { isDrift } from './report.ts';

export interface PlacedFinding extends Omit<DriftFinding, 'causes'> {
  readonly causes: readonly (Pick<Location, 'file' | 'line' | 'column'> & {
    readonly path: readonly (string | number)[];
  })[];
}

export interface PlacedFile extends Omit<FileReport, 'findings'> {
  readonly findings: readonly PlacedFinding[];
}

export interface PlacedTarget {
  readonly target: string;
  readonly files: readonly PlacedFile[];
}

/** Numbers of files. */
export interface Summary {
  readonly compared: number;
  readonly drifted: number;
  readonly notCompared: number;
}

export function placed(targets: readonly TargetReport[], source: Source): readonly PlacedTarget[] {
  const lines = linesOf(source.text);
  const causeOf = (path: readonly (string | number)[]) => {
    const { file, line, column } = locate({ kind: 'path', path, on: 'key' }, source, lines);
    return { file, line, column, path };
  };
  return targets.map(({ target, files }) => ({
    target,
    files: files.map(file => ({
      ...file,
      findings: file.findings.map(finding => ({ ...finding, causes: finding.causes.map(causeOf) })),
    })),
  }));
}

export function summaryOf(targets: readonly TargetReport[]): Summary {
  const files = targets.flatMap(target => target.files);
  const notCompared = files.filter(({ state }) => state === 'not-compared').length;
  return { compared: files.length - notCompared, drifted: files.filter(isDrift).length, notCompared };
}
