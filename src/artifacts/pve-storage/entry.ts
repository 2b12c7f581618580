/** One storage of the topology as a section of `storage.cfg`. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Host, Storage } from '../../model/topology.ts';
import type { Withheld } from '../lowering.ts';
import type { Property, Section } from '../sections.ts';
import { pveProperties } from './native-properties.ts';
import { pveSection } from './sections.ts';
import { idPath } from './values.ts';

export interface StorageEntry {
  /** Undefined when nothing is rendered for it; the diagnostics say why. */
  readonly section: Section | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly withheld: readonly Withheld[];
}

interface Parts {
  readonly type: string;
  readonly properties: readonly (readonly Property[])[];
  /** Native names that the model covers. */
  readonly modelled: Readonly<Record<string, string>>;
  /** Keys of the topology that have no effect on this type. */
  readonly without: readonly (keyof Storage['spec'])[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly withheld?: readonly Withheld[];
}

/** Native names that every storage has, with the key that stands for each. */
export const MODELLED = {
  content: 'content',
  disable: 'disabled',
  nodes: 'nodes',
  'prune-backups': 'retention',
} as const;

/** A section of modelled and native properties, and what of the storage is not rendered. */
export function entryOf(storage: Storage, parts: Parts): StorageEntry {
  const { spec, path } = storage;
  const native = pveProperties(spec.properties, [...path, 'properties'], {
    file: 'storage.cfg',
    type: parts.type,
    modelled: parts.modelled,
  });
  return {
    section: pveSection(
      'storage.cfg',
      parts.type,
      storage.id,
      [idPath(storage)],
      [...parts.properties, native.lines],
    ),
    diagnostics: [
      ...(parts.diagnostics ?? []),
      ...native.diagnostics,
      ...declaredOnly(storage, parts.without),
    ],
    withheld: parts.withheld ?? [],
  };
}

/** Accepted is not rendered: said once per storage. */
function declaredOnly({ key, path, spec }: Storage, names: Parts['without']): Diagnostic[] {
  const given = names.filter(name => spec[name] !== undefined);
  if (given[0] === undefined) return [];
  const list = given.map(name => `\`${name}\``).join(' and ');
  return [
    {
      code: 'declared-only',
      severity: 'info',
      message: `${list} of storage \`${key}\` ${given.length === 1 ? 'is' : 'are'} not rendered`,
      place: atKey([...path, given[0]]),
      help: given.includes('retention')
        ? 'a PBS storage keeps all: what is kept is written under `retention` of the datastore'
        : 'this type of storage has no such property',
    },
  ];
}

export const failed = (...diagnostics: readonly Diagnostic[]): StorageEntry => ({
  section: undefined,
  diagnostics,
  withheld: [],
});

export const noAddress = ({ key, path, spec }: Storage, host: Host): Diagnostic => ({
  code: 'no-address-on-via',
  severity: 'error',
  message: `storage \`${key}\` must use \`${spec.via ?? ''}\`, and \`${host.key}\` has no known address there`,
  place: atValue([...path, 'via']),
  related: [{ message: 'the other end', place: atKey(host.path) }],
  help: `give \`${host.key}\` a NIC with an address there`,
});

/** What lies on one node, used by others. */
export const outOfReach = (storage: Storage, host: Host, what: string): Diagnostic => ({
  code: 'storage-out-of-reach',
  severity: 'error',
  message: `storage \`${storage.key}\` is used by nodes of \`${storage.cluster.key}\` that do not reach ${what} on \`${host.key}\``,
  place: atKey(storage.path),
  related: [{ message: 'where it is', place: atKey(host.path) }],
  help:
    host.cluster === storage.cluster
      ? `write \`nodes: [${host.key}]\`, or export it and name the VLAN in \`via\``
      : 'export it by NFS and name the VLAN or tunnel in `via`',
});
