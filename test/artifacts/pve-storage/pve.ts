/** For the tests of PVE's artifacts: a small deployment to vary, and lowered parts as texts. */

import type { ArtifactKind } from '../../../src/artifacts/artifact.ts';
import type { Lowered } from '../../../src/artifacts/lowering.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { readTemplates } from '../../../src/load/templates.ts';
import { createRenderer } from '../../../src/render/engine.ts';
import { verifyArtifact } from '../../../src/render/verify.ts';

const HEX = 'aa:'.repeat(31);
/** A certificate fingerprint, and that of a key. */
export const FINGERPRINT = `${HEX}01`;
export const KEY_FINGERPRINT = `${HEX}02`;

/** Two nodes, a PBS and a NAS on one storage VLAN, and a standalone PVE; sections of the topology to add or replace. */
export const deployment = (
  more: string,
  { pve = '9.1.4', pbsApi = `{ fingerprint: "${FINGERPRINT}" }` } = {},
): string => `
offsite: 1
sites:
  home:
    timezone: Europe/Berlin
    vlans:
      mgmt: { id: 10, subnet: 10.0.10.0/24 }
      storage: { id: 30, subnet: 10.0.30.0/24 }
      six: { id: 60, subnet6: "fd00:60::/64" }
hosts:
  node-b:
    site: home
    roles: { pve: "9.1.4" }
    nics: { vmbr0: { vlan: mgmt, address: 10.0.10.2 }, vmbr1: { vlan: storage, address: 10.0.30.2 }, vmbr6: { vlan: six, address6: "fd00:60::2" } }
  node-a:
    site: home
    roles: { pve: "${pve}" }
    nics: { vmbr0: { vlan: mgmt, address: 10.0.10.1 }, vmbr1: { vlan: storage, address: 10.0.30.1 }, vmbr6: { vlan: six, address6: "fd00:60::1" } }
    pools:
      tank: { kind: zfs, device: tank }
      usb: { kind: removable }
      rpool: { kind: zfs, device: rpool, shared_with: [system] }
      disk: { kind: disk, shared_with: [system] }
  alone:
    site: home
    roles: { pve: "9.1.4", pbs: "4.1.8" }
    nics: { vmbr0: { vlan: mgmt, address: 10.0.10.9 } }
  pbs:
    site: home
    roles: { pbs: "4.1.8" }
    nics: { ens18: { vlan: mgmt, address: 10.0.10.20 }, ens19: { vlan: storage, address: 10.0.30.20 }, ens20: { vlan: six, address6: "fd00:60::20" } }
    api: ${pbsApi}
  nas:
    site: home
    roles: { nas: true }
    os: dsm
    nics: { eth0: { vlan: mgmt, address: 10.0.10.30 }, eth1: { vlan: storage, address: 10.0.30.30 }, eth2: { vlan: six, address6: "fd00:60::30" } }
clusters:
  duo: { nodes: [node-b, node-a] }
guests:
  all: { cluster: duo, all: true, exclude: [900, 101] }
  some: { cluster: duo, ids: [300, 100, 200] }
  pool: { cluster: duo, pool: prod/web }
  containers: { cluster: duo, all: true, unprivileged_containers: true }
datastores:
  main: { host: pbs, name: Backups, path: /mnt/datastore/main, namespaces: { a/b: {} } }
  own: { host: alone, path: /mnt/datastore/own }
${more}`;

/** Renders and reads back every artifact: texts by target and file name. Throws where the text does not say what was meant. */
export async function texts(lowered: Lowered, kind: ArtifactKind): Promise<Record<string, string>> {
  const renderer = await createRenderer({ builtIn: {}, templateTexts: readTemplates(undefined) });
  const result: Record<string, string> = {};
  for (const artifact of lowered.artifacts) {
    const rendered = renderer.render(artifact.kind, artifact.view);
    if (!('text' in rendered)) throw new Error(JSON.stringify(rendered.diagnostics));
    const verified = verifyArtifact(renderer, artifact, rendered.text, kind);
    if ('diagnostics' in verified) throw new Error(JSON.stringify(verified.diagnostics));
    result[artifact.target] = rendered.text;
  }
  return result;
}

/** `severity code path: message`, one per diagnostic. */
export const said = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(
    ({ severity, code, place, message }) =>
      `${severity} ${code} ${place.kind === 'path' ? `${place.path.join('.')}:${place.on}` : ''}: ${message}`,
  );

/** Codes only. */
export const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);

/** Every command of the steps, as one bash script. */
export const script = (lowered: Lowered): string =>
  lowered.steps.flatMap(step => [...step.commands, ...(step.check ?? []), ...(step.undo ?? [])]).join('\n');
