/** `hosts`, and what is said of PVE hosts together: `clusters` and `guests`. */
import {
  levelsOf,
  network,
  publicAddress,
  type SiteHost,
  type SitePlan,
  type VlanName,
  withRole,
} from './layout.ts';
import { type Random, randomOf, sshKey } from './random.ts';

/** A mistake in one host; undefined for none. */
export type Mistake = (host: number) => string | undefined;

export function hostsText(site: SitePlan, mistake: Mistake): string {
  const random = randomOf(site.index, 1);
  return site.hosts.map(host => hostText(site, host, random, mistake(site.index * 20 + host.slot))).join('');
}

function hostText(site: SitePlan, host: SiteHost, random: Random, mistake: string | undefined): string {
  return `  ${host.key}:
    site: ${site.key}
${roleText(host.role)}    fqdn: ${host.key}.example.com
    nics:
${host.role === 'gateway' ? gatewayNics(site) : hostNics(site, host, random)}${mistake ?? ''}${detailText(host, random)}`;
}

function roleText(role: SiteHost['role']): string {
  const roles = {
    gateway: 'linux: true\n      gateway: true',
    pbs: 'pbs: "4.2.3"',
    node: 'pve: "9.1.4"',
    pve: 'pve: "9.0.10"',
    nas: 'nas: "7.2.2"\n    os: dsm',
    linux: 'linux: "13"',
  };
  return `    roles:\n      ${roles[role]}\n`;
}

function gatewayNics({ index }: SitePlan): string {
  const inside = (name: string, vlan: VlanName): string => `      ${name}:
        vlan: ${vlan}
        address: ${network(index, vlan)}.1
`;
  return `      wan0:
        address: ${publicAddress(index, 2)}/30
        gateway: ${publicAddress(index, 1)}
        default_route: true
${inside('lan1', 'mgmt')}${inside('lan2', 'storage')}${inside('lan3', 'backup')}`;
}

function hostNics({ index }: SitePlan, { role, slot }: SiteHost, random: Random): string {
  const isPve = role === 'pve' || role === 'node';
  const nic = (number: number, vlan: VlanName): string => `      ${isPve ? 'vmbr' : 'eth'}${number}:
${isPve ? `        kind: bridge\n        parent: eno${number + 1}\n` : ''}        vlan: ${vlan}
        address: ${network(index, vlan)}.${slot + 10}
        mac: "${`02:${random.hex(5, ':')}`}"
${vlan === 'mgmt' ? '        default_route: true\n' : ''}`;
  return nic(0, 'mgmt') + nic(1, 'backup') + (role === 'linux' ? '' : nic(2, 'storage'));
}

function detailText({ key, role }: SiteHost, random: Random): string {
  const pool = (name: string, kind: string, device: string, size: string): string => `    pools:
      ${name}:
        kind: ${kind}
        device: ${device}
        size: ${size}
        warn_at: 80%
        critical_at: 90%
`;
  switch (role) {
    case 'pbs':
      return `${pool('data', 'disk', `/dev/disk/by-id/scsi-${random.hex(8)}`, '4 TB')}    api:
      fingerprint: ${random.hex(32, ':')}
    initiator_name: iqn.1993-08.org.debian:01:${key}
`;
    case 'pve':
    case 'node':
      return `${pool('rpool', 'zfs', 'rpool', '2 TB')}        shared_with:
          - system
          - guests
`;
    case 'nas':
      return `${pool('volume1', 'volume', '/volume1', '14 TB')}    luns:
      pbs:
        iqn: iqn.2000-01.com.synology:${key}.pbs
        pool: volume1
        size: 4 TB
    work_dir: /volume1/offsite
    ssh:
      host_key: ${sshKey(random)}
`;
    default:
      return '';
  }
}

export function clustersText(site: SitePlan): string {
  const nodes = withRole(site, 'node');
  if (nodes.length === 0) return '';
  return `  ${site.key}-pve:\n    nodes:\n${nodes.map(({ key }) => `      - ${key}\n`).join('')}`;
}

/** Names of what runs guests: the cluster of a site and its standalone hosts. */
export function clusterKeys(site: SitePlan): readonly string[] {
  const alone = withRole(site, 'pve').map(({ key }) => key);
  return withRole(site, 'node').length === 0 ? alone : [`${site.key}-pve`, ...alone];
}

/** All guests of each cluster but those that a level names. */
export function guestsText(site: SitePlan): string {
  const random = randomOf(site.index, 2);
  const levels = levelsOf(site);
  const named = levels.flatMap(guestIds);
  const exclude = named.length === 0 ? '' : `    exclude: [${named.join(', ')}]\n`;
  const details = (): string =>
    `    size: ${100 + random.below(900)} GB\n    daily_change: ${1 + random.below(4)}%\n`;
  const texts = clusterKeys(site).flatMap(key => [
    `  ${key}-all:\n    cluster: ${key}\n    all: true\n${exclude}${details()}    comment: All guests of ${key}\n`,
    ...levels.map(
      level =>
        `  ${key}-set${level}:\n    cluster: ${key}\n    ids: [${guestIds(level).join(', ')}]\n${details()}`,
    ),
  ]);
  return texts.join('');
}

const guestIds = (level: number): readonly number[] => [1, 2, 3, 4, 5].map(guest => level * 100 + guest);
