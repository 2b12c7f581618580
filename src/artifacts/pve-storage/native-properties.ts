/** `properties:` of storages and jobs: native names and values that the model does not know, for PVE's files. */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { canonicalPveValue } from '../../formats/pve-sections/write.ts';
import type * as Spec from '../../model/spec.ts';
import { pveSection } from '../../proxmox/pve-files.ts';
import { modelledTwice, secretValue } from '../native-properties.ts';
import type { Property } from '../sections.ts';
import type { PveFile } from './sections.ts';

/** Sensitive parameters: PVE keeps them below /etc/pve/priv, never in the file. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'keyring']);

const IN_PRIV = 'PVE keeps it below /etc/pve/priv/storage, set it there with `pvesm set`';

export interface PveProperties {
  readonly file: PveFile;
  readonly type: string;
  /** Native names that the model covers, with the topology's own key for each. */
  readonly modelled: Readonly<Record<string, string>>;
}

const NONE = { lines: [], diagnostics: [] } as const;

/** The lines for `properties:` at `path`, canonical; their values are judged with the whole section. */
export function pveProperties(
  given: Spec.Properties | undefined,
  path: TopologyPath,
  { file, type, modelled }: PveProperties,
): { readonly lines: readonly Property[]; readonly diagnostics: readonly Diagnostic[] } {
  if (given === undefined) return NONE;
  const lines: Property[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [key, raw] of Object.entries(given)) {
    const at = [...path, key];
    const own = Object.hasOwn(modelled, key) ? modelled[key] : undefined;
    if (own !== undefined) diagnostics.push(modelledTwice(key, own, at));
    else if (SECRETS.has(key)) diagnostics.push(secretValue(key, at, IN_PRIV));
    else lines.push({ key, value: canonical(file, type, key, raw), causes: [at] });
  }
  return { lines, diagnostics };
}

function canonical(file: PveFile, type: string, key: string, raw: string | number | boolean): string {
  // The one boolean that PVE keeps as a word, since a path may stand there.
  if (key === 'is_mountpoint' && typeof raw === 'boolean') return raw ? 'yes' : 'no';
  const table = pveSection(file, type)?.properties ?? {};
  const schema = Object.hasOwn(table, key) ? table[key] : undefined;
  if (schema !== undefined) return canonicalPveValue(file, schema, String(raw));
  return typeof raw === 'boolean' ? String(Number(raw)) : String(raw);
}
