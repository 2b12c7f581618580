import { describe, expect, test } from 'vitest';
import { readRouteCommand } from '../../../src/analyses/network/ip-route.ts';
import { type Route, routeList } from '../../../src/analyses/network/route-list.ts';
import { parseAddress } from '../../../src/net/address.ts';

/** The command as words again, with what was left out filled in. */
function read(command: string): string | undefined {
  const route = readRouteCommand(command, 'wg0');
  if (route === undefined) return undefined;
  const { verb, prefix, refuses, gateway, device, source, mtu, metric } = route;
  const options = { via: gateway?.text, dev: device, src: source?.text, mtu, metric };
  const known = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return [verb, ...(refuses ? ['refuses'] : []), prefix.network, ...known].join(' ');
}

describe('commands', () => {
  test.each([
    [
      'ip -4 route replace 10.1.0.0/24 dev %i src 10.2.0.1',
      'replace 10.1.0.0/24 dev wg0 src 10.2.0.1 metric 0',
    ],
    ['ip -6 route replace fd00::/64 via fe80::1 dev a0', 'replace fd00::/64 via fe80::1 dev a0 metric 1024'],
    [
      'ip route add default via 10.1.0.1 onlink mtu lock 1400',
      'add 0.0.0.0/0 via 10.1.0.1 mtu 1400 metric 0',
    ],
    ['ip -6 route append default dev a0', 'append ::/0 dev a0 metric 1024'],
    ['/sbin/ip route prepend 10.1.0.7 dev a0 || true', 'prepend 10.1.0.7/32 dev a0 metric 0'],
    [
      'ip -4 route replace unreachable 10.1.0.0/24 metric 4278198272',
      'replace refuses 10.1.0.0/24 metric 4278198272',
    ],
    ['ip -4 route del 10.1.0.0/24 dev %i', undefined],
    ['wg set %i private-key /etc/wireguard/keys/%i.key', undefined],
    ['ip -4 route replace nowhere dev a0', undefined],
  ])('%s', (command, expected) => {
    expect(read(command)).toBe(expected);
  });
});

describe('a list of routes', () => {
  const lookup = (commands: readonly string[], address = '10.1.0.9'): string | undefined => {
    const list = routeList();
    for (const command of commands) {
      const parsed = readRouteCommand(command, '');
      if (parsed === undefined) throw new Error(command);
      const { verb, prefix, refuses, gateway, source, mtu, metric, device } = parsed;
      const decision = { text: command };
      const route: Route = {
        prefix,
        metric,
        gateway,
        source,
        mtu,
        device: refuses ? undefined : device,
        origin: 'static',
        assumed: false,
        decision,
      };
      list.put(route, verb);
    }
    const found = parseAddress(address);
    const route = found && list.table().lookup(found);
    return route && (route.device ?? 'refused');
  };

  test.each([
    { name: 'the longest prefix', commands: ['add 10.0.0.0/8 dev a', 'add 10.1.0.0/24 dev b'], by: 'b' },
    {
      name: 'the lowest metric',
      commands: ['add 10.1.0.0/24 dev a metric 9', 'add 10.1.0.0/24 dev b metric 8'],
      by: 'b',
    },
    {
      name: 'replace takes the place',
      commands: ['replace 10.1.0.0/24 dev a', 'replace 10.1.0.0/24 dev b'],
      by: 'b',
    },
    {
      name: 'a second one is refused',
      commands: ['add 10.1.0.0/24 dev a', 'add 10.1.0.0/24 dev b'],
      by: 'a',
    },
    { name: 'append comes after', commands: ['add 10.1.0.0/24 dev a', 'append 10.1.0.0/24 dev b'], by: 'a' },
    {
      name: 'prepend comes before',
      commands: ['add 10.1.0.0/24 dev a', 'prepend 10.1.0.0/24 dev b'],
      by: 'b',
    },
    {
      name: 'a fallback waits',
      commands: ['add unreachable 10.1.0.0/24 metric 9', 'add 10.1.0.0/24 dev a'],
      by: 'a',
    },
    {
      name: 'a fallback refuses',
      commands: ['add unreachable 10.1.0.0/24 metric 9', 'add default dev a'],
      by: 'refused',
    },
    { name: 'nothing', commands: ['add 10.2.0.0/24 dev a'], by: undefined },
  ])('$name', ({ commands, by }) => {
    expect(lookup(commands.map(command => `ip route ${command}`))).toBe(by);
  });
});
