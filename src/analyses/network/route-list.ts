import type { Address, Cidr } from '../../net/address.ts';
import { type PrefixTable, prefixTable } from '../../net/longest-prefix.ts';
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
 * (fib_table_insert of net/ipv4/fib_trie.c; fib6_add_rt2node of net/ipv6/ip6_fib.c).
 */
export function routeList(): RouteList {
  const byNetwork = new Map<string, Route[]>();
  return {
    put(route, verb) {
      const known = byNetwork.get(route.prefix.network);
      if (known === undefined) byNetwork.set(route.prefix.network, [route]);
      else putBeside(known, route, verb);
    },
    table: () =>
      prefixTable(
        [...byNetwork.values()].flatMap(([best]) =>
          best === undefined ? [] : [[best.prefix, best] as const],
        ),
      ),
  };
}

function putBeside(known: Route[], route: Route, verb: RouteVerb): void {
  const same = known.findIndex(({ metric }) => metric === route.metric);
  const at = (position: number): number => (position < 0 ? known.length : position);
  if (same >= 0 && verb === 'replace') known[same] = route;
  else if (same < 0 || verb === 'append')
    known.splice(at(known.findIndex(({ metric }) => metric > route.metric)), 0, route);
  else if (verb === 'prepend') known.splice(same, 0, route);
}
