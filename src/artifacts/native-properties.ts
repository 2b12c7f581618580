/**
 * `properties:` of the topology: native names and values that the model does not know, checked against the table of
 * the declared version and merged into a section.
 */
import type { Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import { parseByteSize, printByteSize } from '../proxmox/byte-size.ts';
import { checkPbsValue } from '../proxmox/check-property.ts';
import { pbsProperty, pbsSection } from '../proxmox/pbs-files.ts';
import type { PbsProperty } from '../proxmox/pbs-schema.ts';
import { parseBoolean, parseInteger } from '../proxmox/plain-text.ts';
import type { Version } from '../proxmox/version.ts';
import type { Property } from './sections.ts';

export interface NativeProperties {
  readonly file: string;
  readonly type: string;
  readonly version: Version;
  /** Native names that the model covers, with the topology's own key for each. */
  readonly modelled: Readonly<Record<string, string>>;
}

const NONE = { lines: [], diagnostics: [] } as const;

/** The lines for `properties:` at `path`, and what is wrong with them. */
export function nativeProperties(
  given: Spec.Properties | undefined,
  path: TopologyPath,
  { file, type, version, modelled }: NativeProperties,
): { readonly lines: readonly Property[]; readonly diagnostics: readonly Diagnostic[] } {
  if (given === undefined) return NONE;
  const lines: Property[] = [];
  const diagnostics: Diagnostic[] = [];
  const table = pbsSection(file, type);
  for (const [key, raw] of Object.entries(given)) {
    const at = [...path, key];
    const own = Object.hasOwn(modelled, key) ? modelled[key] : undefined;
    if (own !== undefined) {
      diagnostics.push(modelledTwice(key, own, at));
      continue;
    }
    const known = table === undefined ? undefined : pbsProperty(table, key);
    const value = canonical(known, String(raw));
    const finding = checkPbsValue(file, type, key, value, version);
    if (finding !== undefined) {
      const place = finding.code === 'bad-value' ? atValue(at) : atKey(at);
      diagnostics.push({ ...finding, severity: 'error', place });
      continue;
    }
    if (known?.secret === true) {
      diagnostics.push(secretValue(key, at, 'name it with `secret`'));
      continue;
    }
    lines.push({ key, value, causes: [at] });
  }
  return { lines, diagnostics };
}

/** The spelling PBS gives a value, so that a save by PBS changes nothing. */
function canonical(known: PbsProperty | undefined, value: string): string {
  if (known?.type === 'boolean') return String(parseBoolean(value) ?? value);
  if (known?.type === 'integer') return String(parseInteger(value) ?? value);
  const size = known?.format === 'human-byte' ? parseByteSize(value) : undefined;
  return size === undefined ? value : printByteSize(size);
}

/** @param own the topology's key for what was given under its native name. */
export const modelledTwice = (key: string, own: string, at: TopologyPath): Diagnostic => ({
  code: 'property-modelled',
  severity: 'error',
  message: `native property "${key}" belongs to \`${own}\``,
  place: atKey(at),
  help: `write \`${own}\` instead: the compiler then knows of it`,
});

/**
 * The value is what no message and no code frame may show, so it is the place.
 * @param instead where the secret belongs.
 */
export const secretValue = (key: string, at: TopologyPath, instead: string): Diagnostic => ({
  code: 'property-modelled',
  severity: 'error',
  message: `"${key}" is a secret`,
  place: atValue(at),
  help: `secrets never go into the topology: ${instead}`,
  secret: true,
});
