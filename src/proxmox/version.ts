/**
 * Versions of Proxmox products. A version is a *package* version (`4.1.8`); a release (`4.1`) stands for its first
 * package (`4.1.0`). The two differ in what they hold: package 4.1.8 already has what release 4.2 brought.
 */

export type Product = 'pbs' | 'pve';

export interface Version {
  /** As declared, for messages. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Declared as a release, without a patch number. */
  readonly bare: boolean;
}

/** When a feature came. */
export interface Since {
  readonly version: Version;
  /** The release that first shipped it; undefined for what came with an update of a release. */
  readonly release?: { readonly text: string; readonly major: number; readonly minor: number };
}

const VERSION = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?(?:-\d{1,6})?$/;

/**
 * Parses a declared version: `4.1.8`, `4.1.8-1` (the packaging revision does not count), `4.1`.
 * Returns undefined for anything else, a bare major number included: `4` names no package.
 */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch] = match;
  return {
    text,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch ?? 0),
    bare: patch === undefined,
  };
}

/** Negative when `a` is older than `b`, 0 when they are the same package, positive otherwise. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

const parsedSince = new Map<string, Since>();

/**
 * Parses a `since` of our tables: `4.0.21 (4.1)`, `3.2.0`, `9`, `8.2`, or `pre-3.0` (in every version).
 * Throws on other text: the tables are ours.
 */
export function parseSince(text: string): Since {
  const known = parsedSince.get(text);
  if (known !== undefined) return known;
  const since = readSince(text);
  parsedSince.set(text, since);
  return since;
}

function readSince(text: string): Since {
  if (text === 'pre-3.0') return { version: { text, major: 0, minor: 0, patch: 0, bare: true } };
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?: \(((\d+)\.(\d+))\))?$/.exec(text);
  if (match === null) throw new Error(`unreadable since: ${text}`);
  const [, major, minor, patch, release, releaseMajor, releaseMinor] = match;
  const bare = patch === undefined;
  const version = { text, major: Number(major), minor: Number(minor ?? 0), patch: Number(patch ?? 0), bare };
  if (release === undefined) return { version };
  return { version, release: { text: release, major: Number(releaseMajor), minor: Number(releaseMinor) } };
}

/**
 * Whether the declared version has what came with `since` (see `parseSince`). A bare release has all that its first
 * public package had, also where that package was not `.0`: `4.0.4 (4.0)` is in release `4.0`.
 */
export function supports(declared: Version, since: string): boolean {
  const { version, release } = parseSince(since);
  if (compareVersions(declared, version) >= 0) return true;
  if (!declared.bare || release === undefined) return false;
  return (declared.major - release.major || declared.minor - release.minor) >= 0;
}

/** `4.1.8` for any way of writing that package. */
export const packageText = (version: Version): string => `${version.major}.${version.minor}.${version.patch}`;

/**
 * Says what a feature needs and what is declared, each as package and release:
 * `needs 4.1.8 (release 4.2); declared "4.1" = package 4.1.0`.
 */
export function needsText(since: string, declared: Version): string {
  const { version, release } = parseSince(since);
  const series = `release ${version.major}.${version.minor}`;
  const update = version.patch === 0 ? series : `an update of ${series}`;
  const shipped = release === undefined ? update : `release ${release.text}`;
  const spelled = declared.bare ? ` = package ${packageText(declared)}` : '';
  return `needs ${packageText(version)} (${shipped}); declared "${declared.text}"${spelled}`;
}

/** PBS that reads `notification-mode`, which stands in every datastore that is rendered: its default has changed. */
const FIRST_READER = '3.2.0';

/** Whether such a PBS can read nothing of what is rendered; PVE drops what it does not know. */
export const cannotRead = (product: Product, version: Version): boolean =>
  product === 'pbs' && !supports(version, FIRST_READER);

/** What `isSupported` accepts, for messages. */
export const SUPPORTED: Readonly<Record<Product, string>> = { pbs: '3.4 to 4.2', pve: '8 and 9' };

/** Has all that the tables of a product hold. */
export const NEWEST: Readonly<Record<Product, Version>> = {
  pbs: { text: '4.2', major: 4, minor: 2, patch: 999_999, bare: false },
  pve: { text: '9', major: 9, minor: 9999, patch: 0, bare: false },
};

/** Whether offsite knows the formats of this version: PBS 3.4–4.2, PVE 8–9. */
export function isSupported(product: Product, version: Version): boolean {
  if (product === 'pve') return version.major === 8 || version.major === 9;
  return (version.major === 3 && version.minor === 4) || (version.major === 4 && version.minor <= 2);
}
