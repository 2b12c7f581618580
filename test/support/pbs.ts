import { expect } from 'vitest';
import { readTemplates } from '../../scripts/build-templates.ts';
import { accessOf } from '../../src/analyses/access.ts';
import { namespacesOf } from '../../src/analyses/namespaces.ts';
import type { ArtifactKind } from '../../src/artifacts/artifact.ts';
import type { Lowered } from '../../src/artifacts/lowering.ts';
import { lowerPbsAcl } from '../../src/artifacts/pbs-acl/lower.ts';
import { kind as acl } from '../../src/artifacts/pbs-acl/verify.ts';
import { lowerPbsDatastore } from '../../src/artifacts/pbs-datastore/lower.ts';
import { kind as datastore } from '../../src/artifacts/pbs-datastore/verify.ts';
import { lowerPbsPrune } from '../../src/artifacts/pbs-prune/lower.ts';
import { kind as prune } from '../../src/artifacts/pbs-prune/verify.ts';
import { lowerPbsRemote } from '../../src/artifacts/pbs-remote/lower.ts';
import { kind as remote } from '../../src/artifacts/pbs-remote/verify.ts';
import { lowerPbsS3 } from '../../src/artifacts/pbs-s3/lower.ts';
import { kind as s3 } from '../../src/artifacts/pbs-s3/verify.ts';
import { lowerPbsSync } from '../../src/artifacts/pbs-sync/lower.ts';
import { kind as sync } from '../../src/artifacts/pbs-sync/verify.ts';
import { lowerPbsUser } from '../../src/artifacts/pbs-user/lower.ts';
import { kind as user } from '../../src/artifacts/pbs-user/verify.ts';
import { lowerPbsVerification } from '../../src/artifacts/pbs-verification/lower.ts';
import { kind as verification } from '../../src/artifacts/pbs-verification/verify.ts';
import type { Topology } from '../../src/model/topology.ts';
import { createRenderer } from '../../src/render/engine.ts';
import { topologyOf } from './topology.ts';

export const LOWERINGS = {
  'pbs-acl': (topology: Topology) => lowerPbsAcl(topology, accessOf(topology)),
  'pbs-datastore': (topology: Topology) => lowerPbsDatastore(topology, namespacesOf(topology)),
  'pbs-prune': lowerPbsPrune,
  'pbs-remote': lowerPbsRemote,
  'pbs-s3': lowerPbsS3,
  'pbs-sync': lowerPbsSync,
  'pbs-user': lowerPbsUser,
  'pbs-verification': lowerPbsVerification,
} satisfies Record<string, (topology: Topology) => Lowered>;

export type PbsKind = keyof typeof LOWERINGS;

const KINDS: Readonly<Record<string, ArtifactKind>> = Object.fromEntries(
  [acl, datastore, prune, remote, s3, sync, user, verification].map(kind => [kind.name, kind]),
);

const renderer = await createRenderer({ templateTexts: readTemplates() });

/** The text of each file as `target:path`, every one read back and found to say what was meant. */
export function renderLowered({ artifacts }: Lowered): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const artifact of artifacts) {
    const rendered = renderer.render(artifact.kind, artifact.view);
    if (!('text' in rendered)) throw new Error(JSON.stringify(rendered.diagnostics));
    const read = KINDS[artifact.kind]?.read(rendered.text);
    expect(read?.errors).toEqual([]);
    expect(read?.facts.map(({ at, value }) => ({ at, value }))).toEqual(
      artifact.facts.map(({ at, value }) => ({ at, value })),
    );
    for (const { causes } of artifact.facts) expect(causes.length).toBeGreaterThan(0);
    texts[`${artifact.target}:${artifact.path.split('/').at(-1)}`] = rendered.text;
  }
  return texts;
}

/** What one kind makes of YAML text. */
export const lowerText = (kind: PbsKind, yaml: string): Lowered => LOWERINGS[kind](topologyOf(yaml));

/** The one file of the kind for `target`. */
export function fileOf(kind: PbsKind, yaml: string, target: string): string | undefined {
  const lowered = lowerText(kind, yaml);
  expect(lowered.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return renderLowered(lowered)[`${target}:${kind.slice('pbs-'.length)}.cfg`];
}

/** `code place` of each diagnostic. */
export const codesOf = ({ diagnostics }: Lowered): string[] =>
  diagnostics.map(({ code, place }) => `${code} ${place.kind === 'path' ? place.path.join('.') : ''}`);

/** Two sites with a PBS each and a tunnel between them; `more` is appended at the top level. */
export const twoSites = (more: string, versions = { home: '4.2.3', dc: '4.2.3' }): string => `
offsite: 1
sites:
  home: { timezone: Europe/Berlin, vlans: { storage: { id: 30, subnet: 10.10.30.0/24, subnet6: "fd00:30::/64" }, mgmt: { id: 10, subnet: 10.10.10.0/24 } } }
  dc: { timezone: Europe/Berlin, vlans: { backup: { id: 130, subnet: 10.20.30.0/24, subnet6: "fd00:130::/64" } } }
hosts:
  pbs-home:
    site: home
    roles: { pbs: "${versions.home}" }
    nics:
      ens18: { vlan: mgmt, address: 10.10.10.20 }
      ens19: { vlan: storage, address: 10.10.30.20 }
    api: { fingerprint: "1C:DC:64:6A:E5:E7:EC:3F:A9:2D:AD:83:A8:FB:CD:ED:CA:E8:A9:D3:6E:AD:55:31:56:BB:43:0F:A0:4E:66:91" }
  pbs-dc:
    site: dc
    roles: { pbs: "${versions.dc}" }
    nics: { ens19: { vlan: backup, address: 10.20.30.20 } }
    api: { public_ca: true }
  gw-home: { site: home, roles: { linux: true, gateway: true }, nics: { lan0: { vlan: storage, address: 10.10.30.1 } } }
  gw-dc: { site: dc, roles: { linux: true, gateway: true }, nics: { lan0: { vlan: backup, address: 10.20.30.1 } } }
tunnels:
  backup:
    interface: wg0
    subnet: 10.99.0.0/30
    carries: [home/storage, dc/backup]
    ends:
      gw-home: { address: 10.99.0.1, endpoint: "203.0.113.130:51820", public_key: qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8= }
      gw-dc: { address: 10.99.0.2, public_key: duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o= }
${more}`;
