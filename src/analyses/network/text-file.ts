/** A rendered file: its path below out/ and its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const NETWORK =
  /\/root\/etc\/(?:network\/interfaces\.d\/offsite|wireguard\/[^/]+\.conf|sysctl\.d\/90-offsite\.conf)$/;

/** Whether a file, by its path below out/, decides how packets go. */
export const isNetworkFile = (path: string): boolean =>
  (path.endsWith('/offsite') || path.endsWith('.conf')) && NETWORK.test(path);

/** The files that decide how packets go, by path. */
export function networkFiles(files: Iterable<TextFile>): ReadonlyMap<string, TextFile> {
  const found = new Map<string, TextFile>();
  for (const file of files) if (isNetworkFile(file.path)) found.set(file.path, file);
  return found;
}
