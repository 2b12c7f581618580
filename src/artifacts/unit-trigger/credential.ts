/** How a unit gets a secret that lies on the host. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host } from '../../model/topology.ts';
import { type Setting, setting } from './unit-file.ts';

/** Debian 11 and older: systemd before 250, no rrsync in the path. Supported Proxmox releases are newer. */
export function isOldDebian(host: Host): boolean {
  const version = host.roles.get('linux');
  return version !== undefined && /^(?:[1-9]|1[01])(?:\.|$)/.test(version);
}

export interface Credential {
  readonly settings: readonly Setting[];
  /** What the program is told, with the specifier `{%d}`. */
  readonly path: string;
}

/** `%d` needs systemd 250; before, the program reads the file itself, which root may. */
export function credential(
  host: Host,
  id: string,
  file: string,
  ...causes: readonly TopologyPath[]
): Credential {
  if (isOldDebian(host)) return { settings: [], path: file };
  return { settings: [setting('LoadCredential', `${id}:${file}`, ...causes)], path: `{%d}/${id}` };
}
