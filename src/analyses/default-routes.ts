import type { Nic } from '../model/topology.ts';

/** Address families in which an interface has, or may have, a default route. */
export function defaultRouteFamilies(nic: Nic): readonly (4 | 6)[] {
  if (nic.spec.default_route !== true) return [];
  const families = nic.addresses.map(({ family }) => family);
  // DHCP gives an IPv4 address; IPv6 routes come by announcements, of which the compiler knows nothing.
  return nic.spec.dhcp === true && !families.includes(4) ? [4, ...families] : families;
}

/** The next hop in a family: the interface's own `gateway`, else that of its VLAN, unless that is the host itself. */
export function gatewayOf({ spec, vlan, addresses }: Nic, family: 4 | 6): string | undefined {
  const name = family === 4 ? 'gateway' : 'gateway6';
  const gateway = spec[name] ?? vlan?.spec[name];
  return addresses.some(({ address }) => address === gateway) ? undefined : gateway;
}

/** Whether the default route of its host leaves by an interface; where none is declared, that of DHCP. */
export const leavesByDefault = (nic: Nic, family: 4 | 6): boolean =>
  defaultRouteFamilies(nic).includes(family) ||
  (family === 4 &&
    nic.spec.dhcp === true &&
    ![...nic.host.nics.values()].some(({ spec }) => spec.default_route === true));
