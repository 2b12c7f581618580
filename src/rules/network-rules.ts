/** Rules about the ways of packets, and their run over rendered files. */
import type { Facts } from '../analyses/facts.ts';
import { isActive } from '../analyses/in-use.ts';
import type { Connection } from '../analyses/network/connections.ts';
import type { Decision } from '../analyses/network/decision.ts';
import { type NetworkProof, networkProof } from '../analyses/network/proof.ts';
import { isOnVlan, routedPath } from '../analyses/routers.ts';
import { carriedBy } from '../analyses/routes.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import { KINDS } from '../artifacts/kinds.ts';
import type { CodeTable, Diagnostic, TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, Topology, Vlan } from '../model/topology.ts';
import { mtuBlackHole } from './mtu-black-hole.ts';
import { networkPath } from './network-path.ts';
import { networkReturnPath } from './network-return-path.ts';
import type { CauseOf, NetworkRule } from './network-rule.ts';
import { pathAssumed } from './path-assumed.ts';

export const NETWORK_RULES: readonly NetworkRule[] = [
  networkPath,
  networkReturnPath,
  mtuBlackHole,
  pathAssumed,
];

/** What the catalogue says of their codes. */
export const networkCodes: CodeTable = Object.fromEntries(
  NETWORK_RULES.map(({ id, check: _, ...entry }) => [id, entry]),
);

export interface ProvedFile {
  /** Path below out/. */
  readonly path: string;
  readonly text: string;
  readonly artifact: Pick<Artifact, 'kind' | 'facts'>;
}

/** The second check: what the rendered texts, read again, do with the traffic that was declared. */
export function prove(facts: Pick<Facts, 'topology' | 'routes'>, files: readonly ProvedFile[]): Diagnostic[] {
  return run(NETWORK_RULES, networkProof(facts, files), causesIn(files));
}

/**
 * What the proof would say, where other errors keep everything from being rendered: over the configuration that is
 * derived, and errors only. So one run says all.
 *
 * @param isSaid whether a rule has an error at that place: it names what is missing, and the proof only what follows.
 */
export function foretell(
  facts: Pick<Facts, 'topology' | 'routes'>,
  isSaid: (path: TopologyPath) => boolean = () => false,
): Diagnostic[] {
  const proof = networkProof(facts, undefined);
  const unclear = hostsUnclear(facts.topology, isSaid);
  const faulty = proof.faulty.filter(
    ({ connection, fault, backFault }) =>
      !placesOf(connection).some(isSaid) && ![fault, backFault].some(one => one && unclear.has(one.host)),
  );
  return run([networkPath, networkReturnPath], { ...proof, faulty }, () => undefined);
}

/** Hosts where one name means two interfaces: what they do with a packet cannot be told. */
function hostsUnclear({ tunnels }: Topology, isSaid: (path: TopologyPath) => boolean): ReadonlySet<Host> {
  const isClash = ({ path }: { readonly path: TopologyPath }): boolean => isSaid([...path, 'interface']);
  const ends = [...tunnels.values()].flatMap(tunnel =>
    tunnel.ends.filter(end => isClash(tunnel) || isClash(end)),
  );
  return new Set(ends.map(({ host }) => host));
}

/**
 * Where the topology decides whether a connection has its way: networks that overlap are two ways to one address, an
 * address that two have leads to one of them, and a tunnel whose endpoint is wrong takes nothing.
 */
function placesOf({ path, storage, via, from, to }: Connection): readonly TopologyPath[] {
  const places: TopologyPath[] = storage === undefined ? [path] : [path, [...storage.path, 'via']];
  const addSubnets = (vlan: Vlan): void => {
    for (const name of ['subnet', 'subnet6']) places.push([...vlan.path, name]);
  };
  const hosts = to === undefined ? [from] : [from, to];
  const addAddresses = (vlan: Vlan): void => {
    for (const { nics } of hosts)
      for (const nic of nics.values())
        if (nic.vlan === vlan) for (const name of ['address', 'address6']) places.push([...nic.path, name]);
  };
  if (via?.kind === 'vlan') {
    const { vlan } = via;
    addSubnets(vlan);
    addAddresses(vlan);
    for (const one of vlan.routedFrom.filter(near => isOnVlan(from, near))) {
      places.push(routedPath(vlan, one));
      addSubnets(one);
    }
  }
  if (via?.kind === 'tunnel') {
    for (const end of via.tunnel.ends) if (!isActive(end.host)) places.push(end.path);
    for (const { nics } of hosts) {
      for (const { vlan } of nics.values()) {
        const end = vlan && via.tunnel.endOf.get(vlan);
        if (vlan === undefined || end === undefined) continue;
        addSubnets(vlan);
        addAddresses(vlan);
        const hub = end.tunnel.kind === 'hub' && !end.isHub ? end.peers : [];
        for (const { path: at } of [end, ...hub]) places.push([...at, 'endpoint']);
        places.push(...carriedBy(end, vlan));
      }
    }
  }
  return places;
}

const run = (rules: readonly NetworkRule[], proof: NetworkProof, causeOf: CauseOf): Diagnostic[] =>
  rules.flatMap(({ id, severity, check }) =>
    [...check(proof, causeOf)].map(finding => ({ code: id, severity, ...finding })),
  );

/** Facts that were meant and facts that are read stand in the same order. */
function causesIn(files: readonly ProvedFile[]): CauseOf {
  let byPath: ReadonlyMap<string, ProvedFile> | undefined;
  const known = new Map<string, ReadonlyMap<number, TopologyPath | undefined>>();
  return ({ file, line }: NonNullable<Decision['at']>) => {
    byPath ??= new Map(files.map(one => [one.path, one]));
    let lines = known.get(file);
    if (lines === undefined) {
      lines = linesOf(byPath.get(file));
      known.set(file, lines);
    }
    return lines.get(line);
  };
}

function linesOf(file: ProvedFile | undefined): ReadonlyMap<number, TopologyPath | undefined> {
  const read = file && KINDS.get(file.artifact.kind)?.read(file.text);
  const meant = file?.artifact.facts ?? [];
  return new Map(read?.facts.map(({ line }, index) => [line, meant[index]?.causes[0]] as const));
}
