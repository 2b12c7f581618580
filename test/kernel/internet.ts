/** What the internet lets through, and what it has seen. */
import { mustRunIn } from './namespaces.ts';
import { INTERNET, SERVICES } from './plan.ts';
import type { World } from './world.ts';

/**
 * Of what sites send, only the tunnels' packets and what is for the internet's own services may be there. Packets
 * that are too large vanish without a word, as behind a firewall that drops ICMP.
 */
export async function guardInternet({ plan, host }: World, underlayMtu?: number): Promise<void> {
  const rules = [
    ...plan.underlays.flatMap(({ ports, mtu }) => [
      `udp dport { ${ports.join(', ')} } meta length > ${underlayMtu ?? mtu} drop`,
      `udp dport { ${ports.join(', ')} } counter name tunnel accept`,
    ]),
    ...SERVICES.map(({ family, prefix }) => `${family} daddr ${prefix} accept`),
    'ip daddr 224.0.0.0/4 accept',
    'ip6 daddr ff00::/8 accept',
    'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept',
    'counter name cleartext',
  ];
  const chain = ['type filter hook prerouting priority 0', ...rules].map(rule => `  ${rule}\n`).join('');
  const table = `table inet watch {\n counter tunnel { }\n counter cleartext { }\n chain arriving {\n${chain} }\n}\n`;
  await mustRunIn(host(INTERNET), ['nft', '-f', '-'], table);
}

/** Packets of sites that the internet has seen so far. */
export async function seenByInternet(world: World): Promise<{ tunnel: number; cleartext: number }> {
  const text = await mustRunIn(world.host(INTERNET), ['nft', 'list', 'counters']);
  const packets = (name: string): number =>
    Number(new RegExp(`counter ${name} \\{\\s+packets (\\d+)`).exec(text)?.[1] ?? Number.NaN);
  return { tunnel: packets('tunnel'), cleartext: packets('cleartext') };
}
