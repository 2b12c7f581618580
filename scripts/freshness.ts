import { readFileSync } from 'node:fs';

/** For generated files that are committed: names those that differ from what would be written; 1 if any does. */
export function reportStale(files: readonly (readonly [path: string, text: string])[]): 0 | 1 {
  const stale = files.filter(([path, text]) => read(path) !== text).map(([path]) => path);
  for (const path of stale) console.error(`${path} is not up to date: run the script without --check`);
  return stale.length > 0 ? 1 : 0;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
