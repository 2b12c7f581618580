/** A small deployment for flows: a NAS and two Linux hosts at home, a Linux host and a PBS elsewhere. */
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Topology } from '../../../src/model/topology.ts';
import { topologyOf } from '../../support/topology.ts';
import { lowerFlows, renderFlows } from './flows.ts';

export const KEY_A = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPBYZnmU1w/xhnaqEpIfWbXYB93MIj4mCudlA0arqcGi';
export const KEY_B = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZNtCzgC0eum+H4EyTDD19qV9aqqo3lm1ABQdLkA1on';
export const FINGERPRINT = Array.from({ length: 32 }, () => 'ab').join(':');

const ESTATE = `
offsite: 1
sites:
  home:
    timezone: Europe/Berlin
    vlans:
      lan: { id: 10, subnet: 10.1.0.0/24 }
hosts:
  nas:
    site: home
    roles: { nas: true }
    os: dsm
    nics: { eth0: { vlan: lan, address: 10.1.0.5 } }
    work_dir: /volume1/offsite
    ssh: { host_key: ${KEY_B}, port: 2022 }
  mover:
    site: home
    roles: { linux: "12" }
    nics: { eth0: { vlan: lan, address: 10.1.0.6 } }
    ssh: { host_key: ${KEY_A} }
  far:
    site: home
    roles: { linux: "13" }
    nics: { eth0: { vlan: lan, address: 10.1.0.7 } }
    ssh: { host_key: ${KEY_A} }
  pbs:
    site: home
    roles: { pbs: "4.1.8" }
    nics: { eth0: { vlan: lan, address: 10.1.0.8 } }
    api: { fingerprint: "${FINGERPRINT}" }
shares:
  raw: { host: nas, path: /volume1/raw }
  local: { host: mover, path: /srv/local, protocol: none }
  vault: { host: far, path: /srv/vault, protocol: none }
buckets:
  cold-one: { provider: wasabi, name: example-cold, region: eu-central-1 }
datastores:
  main: { host: pbs, path: /mnt/datastore/main }
  second: { host: pbs, path: /mnt/datastore/second }
accounts:
  to-far: { kind: ssh, on: far, user: receiver, public_key: ${KEY_A}, secret: ssh-to-far }
  to-nas: { kind: ssh, on: nas, user: backup, public_key: ${KEY_B}, secret: ssh-to-nas }
  s3: { kind: s3, secret: s3-cold }
  files: { kind: pbs, on: pbs, id: "files@pbs!mover", secret: pbs-files }
`;

/** The deployment with these flows (YAML below `flows:`); `edit` changes the text first. */
export function estate(flows: string, edit: (text: string) => string = text => text): Topology {
  return topologyOf(edit(`${ESTATE}flows:\n${flows.trim().replace(/^/gm, '  ')}\n`));
}

export interface Outcome {
  readonly texts: ReadonlyMap<string, string>;
  readonly lowered: ReturnType<typeof lowerFlows>;
}

export function outcome(topology: Topology): Outcome {
  const lowered = lowerFlows(topology);
  return { lowered, texts: renderFlows(lowered) };
}

export const told = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ severity, code, place }) =>
    [severity, code, place.kind === 'path' ? place.path.join('.') : ''].join(' '),
  );

/** The value of the only setting of that name. */
export function settingIn(text: string | undefined, key: string): string {
  const values = (text ?? '').split('\n').filter(line => line.startsWith(`${key}=`));
  if (values.length !== 1) throw new Error(`${key} stands ${values.length} times`);
  return values[0]?.slice(key.length + 1) ?? '';
}
