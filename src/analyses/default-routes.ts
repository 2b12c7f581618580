import type { Nic } from '../model/topology.ts';

/** Address families in which an interface has, or may have, a default route. */
export function defaultRouteFamilies(nic: Nic): readonly (4 | 6)[] {
  if (nic.spec.default_route !== true) return [];
  const families = nic.addresses.map(({ family }) => family);
  // DHCP gives an IPv4 address; what is announced for IPv6 counts only where nothing is declared (`leavesByDefault`).
  return nic.spec.dhcp === true && !families.includes(4) ? [4, ...families] : families;
}

/** The next hop in a family: the interface's own `gateway`, else that of its VLAN, unless that is the host itself. */
export function gatewayOf({ spec, vlan, addresses }: Nic, family: 4 | 6): string | undefined {
  const name = family === 4 ? 'gateway' : 'gateway6';
  const gateway = spec[name] ?? vlan?.spec[name];
  return addresses.some(({ address }) => address === gateway) ? undefined : gateway;
}

/** Whether the default route of its host leaves by an interface; where none is declared, that of DHCP. */
export function leavesByDefault(nic: Nic, family: 4 | 6): boolean {
  if (defaultRouteFamilies(nic).includes(family)) return true;
  if (nic.spec.dhcp !== true) return false;
  const nics = [...nic.host.nics.values()];
  if (nic.spec.default_route !== true && nics.some(({ spec }) => spec.default_route === true)) return false;
  return family === 4 || (nics.some(isOnIpv6) && !nics.some(one => defaultRouteFamilies(one).includes(6)));
}

/** Such a host takes the announcements of its router, and a router with IPv6 behind it has IPv6 before it. */
const isOnIpv6 = ({ addresses, vlan }: Nic): boolean =>
  addresses.some(({ family }) => family === 6) || vlan?.spec.subnet6 !== undefined;
