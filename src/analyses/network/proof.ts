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
    const relied = new Map<Host, Decision>();
    for (const way of [verdict.forward, verdict.back]) {
      for (const { host, decision } of way?.assumed ?? []) if (!relied.has(host)) relied.set(host, decision);
    }
    for (const [host, decision] of relied) assumed.add(host, { verdict, decision });
    const narrow = new Map<string, BlackHole>();
    for (const hole of blackHolesOf(verdict)) if (!narrow.has(hole.at)) narrow.set(hole.at, hole);
    for (const [at, hole] of narrow) blackHoles.add(at, { verdict, hole });
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

function counter<K, T>() {
  const found = new Map<K, Counted<T>>();
  const add = (key: K, value: T): void => {
    const known = found.get(key);
    found.set(key, { first: known?.first ?? value, count: (known?.count ?? 0) + 1 });
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
