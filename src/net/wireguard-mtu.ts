import type { IpVersion } from './address.ts';

/** Outer IP header by version, UDP header, WireGuard data message header with its authentication tag; in bytes. */
const IP_HEADER = { 4: 20, 6: 40 } as const;
const UDP_HEADER = 8;
const WIREGUARD_DATA = 32;
const ICMP_ECHO_HEADER = 8;

/** Bytes that a tunnel packet is larger than what it carries: 60 over IPv4, 80 over IPv6. */
export const wireguardOverhead = (underlay: IpVersion): number =>
  IP_HEADER[underlay] + UDP_HEADER + WIREGUARD_DATA;

/**
 * Largest tunnel MTU for a link MTU. Without a version it is the value that is safe whatever the endpoint resolves to
 * (IPv6), which is also what wg-quick computes. A VLAN tag costs nothing of the IP MTU.
 */
export const wireguardMtu = (linkMtu: number, underlay: IpVersion = 6): number =>
  linkMtu - wireguardOverhead(underlay);

/** Smallest link MTU that carries a tunnel MTU unfragmented. */
export const linkMtuFor = (tunnelMtu: number, underlay: IpVersion = 6): number =>
  tunnelMtu + wireguardOverhead(underlay);

/** Largest `ping -M do -s` payload that passes at an MTU: for installation checks. */
export const largestPing = (mtu: number, version: IpVersion = 4): number =>
  mtu - IP_HEADER[version] - ICMP_ECHO_HEADER;
