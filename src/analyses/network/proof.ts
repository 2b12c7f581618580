/**
 * The network proof: every connection of the deployment is forwarded hop by hop, there and back, over the rendered
 * files read again. Hosts that are not rendered are taken to do what they are asked for, and are listed.
 */
import type { Host } from '../../model/topology.ts';
import type { Facts } from '../facts.ts';
import { type BlackHole, blackHolesOf } from './black-hole.ts';
import { connectionsOf } from './connections.ts';
import type { Decision } from './decision.ts';
import { networkOf } from './network.ts';
import type { TextFile } from './text-file.ts';
import { judge, type Verdict } from './verdict.ts';
import type { Walk } from './walk.ts';

export interface Counted<T> {
  readonly first: T;
  /** How many connections in all. */
  readonly count: number;
}

export interface NetworkProof {
  /** Connections that do not take their way, or get no answer by it. */
  readonly faulty: readonly Verdict[];
  /** What a host that is not rendered is relied on for. */
  readonly assumed: ReadonlyMap<Host, Counted<{ readonly verdict: Verdict; readonly decision: Decision }>>;
  /** By what is too narrow. */
  readonly blackHoles: ReadonlyMap<string, Counted<{ readonly verdict: Verdict; readonly hole: BlackHole }>>;
  /** Connections that were forwarded. */
  readonly judged: number;
}

/**
 * @param files rendered files; those that have nothing to do with forwarding are left alone. Undefined: nothing is
 * rendered, and what would be is derived.
 */
export function networkProof(
  facts: Pick<Facts, 'topology' | 'routes'>,
  files: Iterable<TextFile> | undefined,
): NetworkProof {
  const faulty: Verdict[] = [];
  const assumed = counter<Host, { verdict: Verdict; decision: Decision }>();
  const blackHoles = counter<string, { verdict: Verdict; hole: BlackHole }>();
  let judged = 0;
  for (const verdict of verdictsOf(facts, files)) {
    judged += 1;
    if (verdict.fault ?? verdict.backFault) faulty.push(verdict);
    const { forward, back } = verdict;
    if (forward !== undefined) addAssumed(assumed, verdict, forward);
    if (back !== undefined) addAssumed(assumed, verdict, back);
    for (const hole of blackHolesOf(verdict)) blackHoles.add(hole.at, { verdict, hole });
  }
  return { faulty, assumed: assumed.found, blackHoles: blackHoles.found, judged };
}

/** The verdict on each connection of which enough is declared, in the order of the topology. */
export function* verdictsOf(
  facts: Pick<Facts, 'topology' | 'routes'>,
  files: Iterable<TextFile> | undefined,
): Generator<Verdict> {
  const network = networkOf(facts, files);
  for (const connection of connectionsOf(facts.topology)) {
    const verdict = judge(network, connection);
    if (verdict !== undefined) yield verdict;
  }
}

type Assumed = ReturnType<typeof counter<Host, { verdict: Verdict; decision: Decision }>>;

function addAssumed({ add }: Assumed, verdict: Verdict, way: Walk): void {
  for (const { host, decision } of way.assumed) add(host, { verdict, decision });
}

/** Counts connections: a second find of one verdict is none. */
function counter<K, T extends { readonly verdict: Verdict }>() {
  const found = new Map<K, { readonly first: T; count: number; last: Verdict }>();
  const add = (key: K, value: T): void => {
    const known = found.get(key);
    if (known === undefined) found.set(key, { first: value, count: 1, last: value.verdict });
    else if (known.last !== value.verdict) {
      known.count += 1;
      known.last = value.verdict;
    }
  };
  return { found, add };
}

/** Interfaces in order, `host:interface`, as a packet passed them. */
export function interfacesOf({ hops }: NonNullable<Verdict['forward']>): string[] {
  return hops.flatMap(({ host, link, next }) => [
    `${host.key}:${link.name}`,
    ...(next === undefined ? [] : [`${next.host.key}:${next.link.name}`]),
  ]);
}
