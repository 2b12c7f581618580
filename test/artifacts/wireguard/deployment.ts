/** A small deployment with a tunnel, for tests of what follows from it. */
export const KEYS = {
  a: 'qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8=',
  b: 'duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
  c: 'mZ3cJ0Y0ykTtCGL1vGvSgXo0yoG3n9v8nCkHqYJm1Uk=',
} as const;

export interface Options {
  readonly tunnel?: string;
  readonly keyB?: string;
  readonly gatewayB?: string;
}

export const pair = ({ tunnel = '', keyB = KEYS.b, gatewayB = '' }: Options = {}): string => `
offsite: 1
sites:
  a: { timezone: UTC, vlans: { lan: { id: 1, subnet: 10.1.0.0/24, subnet6: "fd00:1::/64" }, mgmt: { id: 2, subnet: 10.1.9.0/24, gateway: 10.1.9.1 } } }
  b: { timezone: UTC, vlans: { lan: { id: 1, subnet: 10.2.0.0/24, subnet6: "fd00:2::/64" } } }
hosts:
  gw-a: { site: a, roles: { linux: true, gateway: true }, nics: { eth0: { address: 192.0.2.1/24 }, eth1: { vlan: lan, address: 10.1.0.1, address6: "fd00:1::1" } } }
  gw-b: { site: b, roles: { linux: true, gateway: true }, ${gatewayB} nics: { eth1: { vlan: lan, address: 10.2.0.1, address6: "fd00:2::1" } } }
  pbs-a: { site: a, roles: { pbs: "4.2.3" }, nics: { ens18: { vlan: mgmt, address: 10.1.9.20, default_route: true }, ens19: { vlan: lan, address: 10.1.0.20, address6: "fd00:1::20" } } }
  nas-b: { site: b, roles: { nas: true }, nics: { eth0: { vlan: lan, address: 10.2.0.30 } } }
tunnels:
  t:
    interface: wg0
    subnet: 10.99.0.0/30
    ends:
      gw-a: { address: 10.99.0.1, endpoint: 192.0.2.1, public_key: "${KEYS.a}" }
      gw-b: { address: 10.99.0.2, public_key: "${keyB}", keepalive: 25s }
    carries: [a/lan, b/lan]
    ${tunnel}
`;
