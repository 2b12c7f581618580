import { readFileSync } from 'node:fs';
import type { Artifact } from '../../../src/artifacts/artifact.ts';
import type { Topology } from '../../../src/model/topology.ts';
import { createRenderer } from '../../../src/render/engine.ts';
import { topologyOf } from '../../support/topology.ts';

/** A PBS, a NAS and a small Linux host on one storage network, IPv4 and IPv6, and what is added. `pbs` goes into the PBS host. */
export const topologyWith = (more: string, pbs = ''): Topology =>
  topologyOf(`
offsite: 1
sites:
  home:
    timezone: UTC
    vlans:
      mgmt: { subnet: 10.0.1.0/24, purpose: management }
      storage: { subnet: 10.0.3.0/24, purpose: storage }
      six: { subnet6: "fd00:30::/64", purpose: backup }
      none: { subnet: 10.0.9.0/24 }
hosts:
  pbs:
    site: home
    roles: { pbs: "4.1" }
    nics: { ens18: { vlan: mgmt, address: 10.0.1.20 }, ens19: { vlan: storage, address: 10.0.3.20 }, ens20: { vlan: six, address6: "fd00:30::20" } }
    pools: { data: { kind: disk, device: /dev/disk/by-id/ata-DISK } }
    initiator_name: iqn.1993-08.org.debian:01:pbs
    ${pbs}
  nas:
    site: home
    roles: { nas: "7.2.2" }
    nics: { eth0: { vlan: mgmt, address: 10.0.1.30 }, eth1: { vlan: storage, address: 10.0.3.30 }, eth2: { vlan: six, address6: "fd00:30::30" } }
    luns: { one: { iqn: "iqn.2000-01.com.synology:nas.one", size: 2 TB }, two: { iqn: "iqn.2000-01.com.synology:nas.one", lun: 2 } }
  mover:
    site: home
    roles: { linux: "13" }
    nics: { eth0: { vlan: mgmt, address: 10.0.1.40 }, eth1: { vlan: storage, address: 10.0.3.40 } }
  far:
    site: home
    roles: { linux: "13" }
    nics: { eth0: { vlan: mgmt, address: 10.0.1.50 } }
buckets:
  cold: { provider: wasabi, name: cold, region: eu-central-1, provider_account: main }
accounts:
  s3: { kind: s3, secret: s3, provider_account: main, scope: bucket }
  ssh-far: { kind: ssh, on: far, user: a, secret: ssh-far, public_key: ssh-ed25519 AAAA }
  ssh-pbs: { kind: ssh, on: pbs, user: a, secret: ssh-pbs, public_key: ssh-ed25519 AAAA }
${more}`);

const template = (kind: string) => {
  const file = `templates/${kind}/${kind}.hbs`;
  return [`${kind}/${kind}`, { file, text: readFileSync(file, 'utf8') }] as const;
};

/** The bytes of an artifact. */
export async function render({ kind, view }: Artifact): Promise<string> {
  const renderer = await createRenderer({ templateTexts: new Map([template(kind)]) });
  const rendered = renderer.render(kind, view);
  if (!('text' in rendered)) throw new Error(JSON.stringify(rendered.diagnostics));
  return rendered.text;
}

export const UUID = '104d184f-1f7f-4d66-8022-3562a86c1482';
