/** `sites` and `tunnels`. */
import { hubMembers, hubOf, inBlock, network, publicAddress, type SitePlan } from './layout.ts';
import { randomOf, wireguardKey } from './random.ts';

const ZONES = [
  'Europe/Berlin',
  'Europe/Lisbon',
  'Europe/Athens',
  'Europe/London',
  'America/New_York',
  'Asia/Tokyo',
];

export function sitesText({ index, key, weakSpots }: SitePlan): string {
  const vlan = (name: 'mgmt' | 'storage' | 'backup', id: number, purpose: string): string => `      ${name}:
        id: ${id}
        subnet: ${network(index, name)}.0/24
        gateway: ${network(index, name)}.1
        purpose: ${purpose}
`;
  return `  ${key}:
    timezone: ${weakSpots ? ZONES[index % ZONES.length] : 'UTC'}
    comment: Synthetic site ${index}
    vlans:
${vlan('mgmt', 10, 'management')}${vlan('storage', 30, 'storage')}${vlan('backup', 40, 'backup')}`;
}

/** The tunnel whose hub is this site, and the link to the site before where that has another hub. */
export function tunnelsText({ index, sites }: SitePlan): string {
  const members = hubOf(index) === index ? hubMembers(index, sites) : [];
  const hub = members.length < 2 ? '' : tunnel(`hub-s${index}`, 'wg-hub', members, index);
  return (
    hub + (index > 0 && hubOf(index) === index ? tunnel(`link-s${index}`, 'wg-link', [index - 1, index]) : '')
  );
}

function tunnel(name: string, link: string, members: readonly number[], hub?: number): string {
  const isHub = hub !== undefined;
  const site = members[0] ?? 0;
  const port = isHub ? 51820 : 51821;
  const first = isHub ? ([172, 16] as const) : ([172, 24] as const);
  const end = (member: number, position: number): string => `      s${member}-gateway1:
        address: ${inBlock(first, site, 8, position + 1)}
        endpoint: "${publicAddress(member, 2)}:${port}"
        public_key: ${wireguardKey(randomOf(member, isHub ? 20 : 21))}
        private_key: ${name}-s${member}
`;
  return `  ${name}:
    kind: ${isHub ? `hub\n    hub: s${hub}-gateway1` : 'pair'}
    interface: ${link}
    subnet: ${inBlock(first, site, 8, 0)}/29
    port: ${port}
    carries:
${members.map(member => `      - s${member}/backup\n`).join('')}    preshared_key: ${name}-psk
    ends:
${members.map(end).join('')}`;
}
