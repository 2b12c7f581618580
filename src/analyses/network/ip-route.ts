/** Reader of `ip route` commands as rendered fragments and PostUp lines have them (ip-route(8)). */
import type { Address, Cidr, IpVersion } from '../../net/address.ts';
import { parseCidr } from '../../net/address.ts';
import { literal, prefixOf } from './literal.ts';

export type RouteVerb = 'add' | 'append' | 'prepend' | 'replace';

export interface RouteCommand {
  readonly verb: RouteVerb;
  readonly prefix: Cidr;
  /** `unreachable`, `blackhole` or `prohibit`: packets end here. */
  readonly refuses: boolean;
  readonly gateway: Address | undefined;
  readonly device: string | undefined;
  readonly source: Address | undefined;
  readonly mtu: number | undefined;
  readonly metric: number;
}

const COMMAND = /^(?:\/(?:usr\/)?s?bin\/)?ip(?: -([46]))? route (add|append|prepend|replace) (.+)$/;
const REFUSING = new Set(['unreachable', 'blackhole', 'prohibit']);
/** Metrics that the kernel takes when none is given (IP6_RT_PRIO_USER of net/ipv6_route.h). */
const DEFAULT_METRIC = { 4: 0, 6: 1024 } as const;

/** A route that the command makes; undefined for any other command. `%i` and `$IFACE` stand for `device`. */
export function readRouteCommand(command: string, device: string): RouteCommand | undefined {
  const [, family, verb, rest = ''] = COMMAND.exec(command.replaceAll(/%i|\$IFACE/g, device)) ?? [];
  if (verb === undefined) return undefined;
  const words = (rest.split(/ (?:\|\||&&|;) /)[0] ?? '').split(/ +/);
  const refuses = REFUSING.has(words[0] ?? '');
  const [destination = '', ...options] = refuses ? words.slice(1) : words;
  const given = optionsOf(options);
  const gateway = literal(given.get('via'));
  const version = family === undefined ? gateway?.version : (Number(family) as IpVersion);
  const prefix = readPrefix(destination, version ?? 4);
  if (prefix === undefined) return undefined;
  return {
    verb: verb as RouteVerb,
    prefix,
    refuses,
    gateway,
    device: given.get('dev'),
    source: literal(given.get('src')),
    mtu: numberOf(given.get('mtu')),
    metric: numberOf(given.get('metric')) ?? DEFAULT_METRIC[prefix.version],
  };
}

/** Options are pairs, but for flags such as `onlink`; `mtu lock 1420` has a word between. */
function optionsOf(words: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const name = words[index] ?? '';
    if (name === 'onlink') continue;
    if (words[index + 1] === 'lock') index += 1;
    index += 1;
    found.set(name, words[index] ?? '');
  }
  return found;
}

function readPrefix(text: string, version: IpVersion): Cidr | undefined {
  if (text === 'default') return parseCidr(version === 4 ? '0.0.0.0/0' : '::/0');
  return prefixOf(text);
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
