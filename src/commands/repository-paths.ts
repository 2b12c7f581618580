/**
 * Paths for programs that know the repository and not the directory in which offsite ran: annotations of a pull request
 * and code scanning take those below the root of the work tree.
 */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { LocatedDiagnostic } from '../diagnostics/located.ts';
import { findUpwards } from '../load/input.ts';
import type { Io } from './io.ts';

/**
 * Diagnostics with the paths of their files below the root: GITHUB_WORKSPACE where the file lies in it, else the nearest
 * directory above the file that has a `.git`; without either they stay as they are printed elsewhere.
 */
export function inRepository(
  diagnostics: readonly LocatedDiagnostic[],
  { cwd, env }: Pick<Io, 'cwd' | 'env'>,
): readonly LocatedDiagnostic[] {
  const known = new Map<string, string>();
  const pathOf = (file: string): string => {
    const path = known.get(file) ?? pathInRepository(file, cwd, env['GITHUB_WORKSPACE']);
    known.set(file, path);
    return path;
  };
  return diagnostics.map(one => ({
    ...one,
    file: pathOf(one.file),
    related: one.related.map(place => ({ ...place, file: pathOf(place.file) })),
  }));
}

function pathInRepository(file: string, cwd: string, workspace: string | undefined): string {
  // Standard input is no file.
  if (file.startsWith('<')) return file;
  const full = resolve(cwd, file);
  const git = findUpwards('.git', dirname(full));
  const roots = [workspace || undefined, git && dirname(git)].filter(root => root !== undefined);
  for (const root of roots) {
    const below = relative(root, full);
    if (below !== '' && below.split(sep)[0] !== '..' && !isAbsolute(below)) return below.split(sep).join('/');
  }
  return file;
}
