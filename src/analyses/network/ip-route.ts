/** Reader of `ip route` commands as rendered fragments and PostUp lines have them (ip-route(8)). */
import type { Address, Cidr, IpVersion } from '../../net/address.ts';
import type { AddressCache } from '../../net/address-cache.ts';
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

const HEAD = /^(?:\/(?:usr\/)?s?bin\/)?ip(?: -([46]))? route (add|append|prepend|replace) (?=.+$)/;
/** What follows is another command. */
const NEXT = / (?:\|\||&&|;) /;
const REFUSING: ReadonlySet<string> = new Set(['unreachable', 'blackhole', 'prohibit']);
/** Metrics that the kernel takes when none is given (IP6_RT_PRIO_USER of net/ipv6_route.h). */
const DEFAULT_METRIC = { 4: 0, 6: 1024 } as const;

/** A route that the command makes; undefined for any other command. `%i` and `$IFACE` stand for `device`. */
export function readRouteCommand(
  command: string,
  device: string,
  addresses?: AddressCache,
): RouteCommand | undefined {
  const text = /%i|\$IFACE/.test(command) ? command.replaceAll(/%i|\$IFACE/g, device) : command;
  const [head, family, verb] = HEAD.exec(text) ?? [];
  if (head === undefined) return undefined;
  const next = text.slice(head.length).search(NEXT);
  const words = new Words(text, head.length, next < 0 ? text.length : head.length + next);
  const first = words.take();
  const refuses = REFUSING.has(first);
  const destination = refuses ? words.take() : first;
  const given = optionsOf(words);
  const gateway = literal(given.via, addresses);
  const version = family === undefined ? gateway?.version : (Number(family) as IpVersion);
  const prefix = prefixOf(destination === 'default' ? ANYWHERE[version ?? 4] : destination, addresses);
  if (prefix === undefined) return undefined;
  return {
    verb: verb as RouteVerb,
    prefix,
    refuses,
    gateway,
    device: given.dev,
    source: literal(given.src, addresses),
    mtu: numberOf(given.mtu),
    metric: numberOf(given.metric) ?? DEFAULT_METRIC[prefix.version],
  };
}

const ANYWHERE = { 4: '0.0.0.0/0', 6: '::/0' } as const;

/** The words of a part of a text, cut at blanks: a fleet has a hundred thousand of these commands. */
class Words {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  get isEmpty(): boolean {
    return this.#at >= this.#end;
  }

  /** `''` behind the last one. */
  take(): string {
    const start = this.#at;
    const blank = this.#text.indexOf(' ', start);
    const end = blank < 0 || blank > this.#end ? this.#end : blank;
    this.#at = end;
    while (this.#at < this.#end && this.#text.charCodeAt(this.#at) === BLANK) this.#at++;
    return this.#text.slice(start, end);
  }
}

const BLANK = 0x20;

interface Options {
  via: string | undefined;
  dev: string | undefined;
  src: string | undefined;
  mtu: string | undefined;
  metric: string | undefined;
}

/** Options are pairs, but for flags such as `onlink`; `mtu lock 1420` has a word between. */
function optionsOf(words: Words): Options {
  const found: Options = {
    via: undefined,
    dev: undefined,
    src: undefined,
    mtu: undefined,
    metric: undefined,
  };
  while (!words.isEmpty) {
    const name = words.take();
    if (name === 'onlink') continue;
    const word = words.take();
    const value = word === 'lock' ? words.take() : word;
    if (name === 'via' || name === 'dev' || name === 'src' || name === 'mtu' || name === 'metric')
      found[name] = value;
  }
  return found;
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
