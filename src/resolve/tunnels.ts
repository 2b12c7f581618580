/** WireGuard tunnels: ends, who is whose peer, and which end each carried VLAN lies behind. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Host, NicAddress, Prefix, Site, Tunnel, TunnelEnd, Vlan } from '../model/topology.ts';
import { parseDuration } from '../proxmox/quantity.ts';
import { type Mutable, resolveEach, type Scope, sortedKeys } from './scope.ts';
import { readPrefix } from './sites.ts';
import { badAddress, DEFAULT_PORT, endpointFault, withPort } from './values.ts';
import { referVlan } from './via.ts';

const DEFAULT_MTU = 1420;

export function resolveTunnels(
  scope: Scope,
  sites: ReadonlyMap<string, Site>,
  hosts: ReadonlyMap<string, Host>,
): Map<string, Tunnel> {
  return resolveEach(scope, 'tunnels', scope.spec.tunnels, (key, spec, path) => {
    const prefixes: Prefix[] = [];
    for (const name of ['subnet', 'subnet6'] as const) {
      const text = spec[name];
      const prefix = text && readPrefix(scope, text, [...path, name], name === 'subnet' ? 4 : 6);
      if (prefix) prefixes.push(prefix);
    }
    const ends: TunnelEnd[] = [];
    const endOf = new Map<Vlan, TunnelEnd>();
    const tunnel: Tunnel = {
      key,
      path,
      spec,
      state: spec.state ?? 'active',
      kind: spec.kind ?? 'pair',
      prefixes,
      mtu: spec.mtu ?? DEFAULT_MTU,
      ends,
      endOf,
    };
    let complete = true;
    for (const name of sortedKeys(spec.ends)) {
      const end = resolveEnd(scope, hosts, tunnel, name, spec.ends[name] as Spec.TunnelEnd);
      if (end === undefined) complete = false;
      else ends.push(end);
    }
    checkShape(scope, tunnel, complete);
    linkPeers(tunnel);
    assignCarried(scope, sites, tunnel, complete);
    return tunnel;
  });
}

function resolveEnd(
  scope: Scope,
  hosts: ReadonlyMap<string, Host>,
  tunnel: Tunnel,
  key: string,
  spec: Spec.TunnelEnd,
): TunnelEnd | undefined {
  const path = [...tunnel.path, 'ends', key];
  const host = scope.referByKey('hosts', hosts, path);
  if (host === undefined) return undefined;
  const addresses: NicAddress[] = [];
  for (const name of ['address', 'address6'] as const) {
    const text = spec[name];
    if (text === undefined) continue;
    const family = name === 'address' ? 4 : 6;
    const address = scope.addresses.address(text);
    const prefix = tunnel.prefixes.find(candidate => candidate.family === family);
    if (address?.version !== family)
      scope.report({ ...badAddress(text, family), place: atValue([...path, name]) });
    else if (prefix)
      addresses.push({ family, address: address.text, length: prefix.length, path: [...path, name] });
    else reportNoSubnet(scope, tunnel, text, family, [...path, name]);
  }
  const port = spec.port ?? tunnel.spec.port ?? DEFAULT_PORT;
  const endpoint = spec.endpoint === undefined ? undefined : withPort(spec.endpoint, port);
  const fault = spec.endpoint === undefined ? undefined : endpointFault(spec.endpoint, port);
  if (fault !== undefined) scope.report({ ...fault, place: atValue([...path, 'endpoint']) });
  const keepalive = spec.keepalive === undefined ? undefined : parseDuration(spec.keepalive);
  const name = spec.interface ?? tunnel.spec.interface;
  return {
    key,
    path,
    spec,
    tunnel,
    host,
    interface: name,
    port,
    addresses,
    endpoint: fault === undefined ? endpoint : undefined,
    publicKey: spec.public_key === 'pending' ? undefined : spec.public_key,
    privateKey: spec.private_key ?? `${host.key}-${name}`,
    carries: [],
    peers: [],
    isHub: tunnel.spec.hub === key,
    keepalive: keepalive?.ok ? Math.round(keepalive.value) : undefined,
  };
}

function checkShape(scope: Scope, tunnel: Tunnel, complete: boolean): void {
  if (!complete) return;
  const place = atKey([...tunnel.path, 'ends']);
  if (tunnel.kind === 'pair' && tunnel.ends.length !== 2) {
    scope.report({
      code: 'tunnel-shape',
      severity: 'error',
      message: `tunnel \`${tunnel.key}\` is a pair and has ${tunnel.ends.length} ends`,
      place,
      help: 'a pair has two ends; use `kind: hub` or `kind: mesh` for more',
    });
  }
  if (tunnel.kind !== 'pair' && tunnel.ends.length < 2) {
    scope.report({
      code: 'tunnel-shape',
      severity: 'error',
      message: `tunnel \`${tunnel.key}\` has ${tunnel.ends.length} end${tunnel.ends.length === 1 ? '' : 's'}`,
      place,
      help: 'a tunnel needs at least two ends',
    });
  }
  if (tunnel.kind === 'hub' && !tunnel.ends.some(end => end.isHub)) {
    scope.report({
      code: 'tunnel-shape',
      severity: 'error',
      message: `tunnel \`${tunnel.key}\` is a hub and does not say which end is the hub`,
      place: tunnel.spec.hub === undefined ? atKey(tunnel.path) : atValue([...tunnel.path, 'hub']),
      help: `set \`hub:\` to one of ${tunnel.ends.map(end => `\`${end.key}\``).join(', ')}`,
    });
  }
}

function linkPeers(tunnel: Tunnel): void {
  const hub = tunnel.ends.find(end => end.isHub);
  for (const end of tunnel.ends) {
    const everyOther = tunnel.kind !== 'hub' || end === hub;
    const peers = everyOther ? tunnel.ends.filter(other => other !== end) : hub === undefined ? [] : [hub];
    (end as Mutable<TunnelEnd>).peers = peers;
  }
}

/** A VLAN lies behind the end that says so, else behind the only end at its site. */
function assignCarried(
  scope: Scope,
  sites: ReadonlyMap<string, Site>,
  tunnel: Tunnel,
  complete: boolean,
): void {
  const endOf = tunnel.endOf as Map<Vlan, TunnelEnd>;
  for (const end of tunnel.ends) {
    (end.spec.carries ?? []).forEach((text, index) => {
      const vlan = referVlan(scope, sites, text, [...end.path, 'carries', index]);
      if (vlan) claim(scope, endOf, vlan, end, [...end.path, 'carries', index]);
    });
  }
  (tunnel.spec.carries ?? []).forEach((text, index) => {
    const path = [...tunnel.path, 'carries', index];
    const vlan = referVlan(scope, sites, text, path);
    if (vlan === undefined || endOf.has(vlan)) return;
    const candidates = tunnel.ends.filter(end => end.host.site === vlan.site);
    if (candidates.length === 1 && candidates[0]) claim(scope, endOf, vlan, candidates[0], path);
    else if (complete) reportNoEnd(scope, tunnel, vlan, candidates, path);
  });
  for (const [vlan, end] of endOf) (end.carries as Vlan[]).push(vlan);
}

function claim(
  scope: Scope,
  endOf: Map<Vlan, TunnelEnd>,
  vlan: Vlan,
  end: TunnelEnd,
  path: TopologyPath,
): void {
  const other = endOf.get(vlan);
  if (other === undefined) endOf.set(vlan, end);
  else if (other !== end) {
    scope.report({
      code: 'tunnel-carries-twice',
      severity: 'error',
      message: `\`${vlan.ref}\` is carried by \`${other.key}\` and by \`${end.key}\``,
      place: atValue(path),
      related: [{ message: 'the other end', place: atKey(other.path) }],
      help: 'WireGuard gives a prefix to one peer: name the VLAN under one end',
    });
  }
}

function reportNoEnd(
  scope: Scope,
  tunnel: Tunnel,
  vlan: Vlan,
  candidates: readonly TunnelEnd[],
  path: TopologyPath,
): void {
  scope.report({
    code: 'tunnel-carries-unclear',
    severity: 'error',
    message:
      candidates.length === 0
        ? `tunnel \`${tunnel.key}\` has no end at site \`${vlan.site.key}\` that could carry \`${vlan.ref}\``
        : `tunnel \`${tunnel.key}\` has ${candidates.length} ends at site \`${vlan.site.key}\`, and it is not said which carries \`${vlan.ref}\``,
    place: atValue(path),
    help: 'write the VLAN under `carries` of the end that it lies behind',
  });
}

function reportNoSubnet(scope: Scope, tunnel: Tunnel, text: string, family: 4 | 6, path: TopologyPath): void {
  scope.report({
    code: 'address-without-prefix',
    severity: 'error',
    message: `tunnel \`${tunnel.key}\` has no IPv${family} transfer network for \`${text}\``,
    place: atValue(path),
    help: `add \`${family === 4 ? 'subnet' : 'subnet6'}\` to the tunnel`,
  });
}
