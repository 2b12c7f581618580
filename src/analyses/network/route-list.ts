import type { Address, Cidr } from '../../net/address.ts';
import { PrefixMap, type PrefixTable } from '../../net/longest-prefix.ts';
import type { Decision } from './decision.ts';
import type { RouteVerb } from './ip-route.ts';

export interface Route {
  readonly prefix: Cidr;
  readonly metric: number;
  /** Interface by which packets leave; undefined: the host refuses them. */
  readonly device: string | undefined;
  readonly gateway: Address | undefined;
  readonly source: Address | undefined;
  readonly mtu: number | undefined;
  /** `connected`: by an address of the host; `default`: its declared default route; `static`: by a command. */
  readonly origin: 'connected' | 'default' | 'static';
  /** Derived: the host is not rendered. */
  readonly assumed: boolean;
  readonly decision: Decision;
}

export interface RouteList {
  put(route: Route, verb: RouteVerb): void;
  /** The route that counts for each network: of the lowest metric, of equal ones the first. */
  table(): PrefixTable<Route>;
}

/**
 * Routes in the order in which they are made, with the kernel's idea of equality: one network and metric
 * (fib_table_insert of net/ipv4/fib_trie.c; fib6_add_rt2node of net/ipv6/ip6_fib.c). No route is ever taken away, so
 * that only the one that counts need be known.
 */
export function routeList(): RouteList {
  const best = new PrefixMap<Route>();
  return {
    put(route, verb) {
      const known = best.exact(route.prefix);
      if (known === undefined || goesBefore(route, known, verb)) best.set(route.prefix, route);
    },
    table: () => best,
  };
}

const goesBefore = (route: Route, known: Route, verb: RouteVerb): boolean =>
  route.metric === known.metric ? verb === 'replace' || verb === 'prepend' : route.metric < known.metric;
