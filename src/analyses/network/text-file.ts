/** A rendered file: its path below out/ and its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const NETWORK =
  /\/root\/etc\/(?:network\/interfaces\.d\/offsite|wireguard\/[^/]+\.conf|sysctl\.d\/90-offsite\.conf)$/;

/** The files that decide how packets go, by path. */
export function networkFiles(files: Iterable<TextFile>): ReadonlyMap<string, TextFile> {
  const found = new Map<string, TextFile>();
  for (const file of files) {
    const { path } = file;
    const isOne = path.endsWith('/offsite') || path.endsWith('.conf');
    if (isOne && NETWORK.test(path)) found.set(path, file);
  }
  return found;
}
