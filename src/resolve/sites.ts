/** Sites and their VLANs. */

import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import type { Host, Nic, Prefix, Site, Vlan } from '../model/topology.ts';
import { resolveEach, type Scope } from './scope.ts';
import { prefixFault, prefixOf, timeZoneFault } from './values.ts';

const DEFAULT_MTU = 1500;

export function resolveSites(scope: Scope): Map<string, Site> {
  return resolveEach(scope, 'sites', scope.spec.sites, (key, spec, path) => {
    checkTimeZone(scope, spec.timezone, [...path, 'timezone']);
    const vlans = new Map<string, Vlan>();
    const site: Site = { key, path, spec, vlans, hosts: [] as Host[] };
    for (const name of Object.keys(spec.vlans ?? {}).sort()) {
      const vlan = resolveVlan(scope, site, name, spec.vlans?.[name] as Spec.Vlan);
      vlans.set(name, vlan);
    }
    for (const vlan of vlans.values()) linkRouted(scope, vlan, vlans);
    return site;
  });
}

export function checkTimeZone(scope: Scope, zone: string, path: TopologyPath): void {
  const fault = timeZoneFault(zone);
  if (fault !== undefined) scope.report({ ...fault, place: atValue(path) });
}

function resolveVlan(scope: Scope, site: Site, key: string, spec: Spec.Vlan): Vlan {
  const path = [...site.path, 'vlans', key];
  const prefixes: Prefix[] = [];
  for (const name of ['subnet', 'subnet6'] as const) {
    const text = spec[name];
    if (text === undefined) continue;
    const prefix = readPrefix(scope, text, [...path, name], name === 'subnet' ? 4 : 6);
    if (prefix !== undefined) prefixes.push(prefix);
  }
  return {
    key,
    path,
    spec,
    site,
    ref: `${site.key}/${key}`,
    prefixes,
    mtu: spec.mtu ?? DEFAULT_MTU,
    nics: [] as Nic[],
    routedFrom: [] as Vlan[],
  };
}

function linkRouted(scope: Scope, { spec, path, routedFrom }: Vlan, vlans: ReadonlyMap<string, Vlan>): void {
  for (const [index, name] of (spec.routed_from ?? []).entries()) {
    const from = scope.refer('vlans', vlans, name, [...path, 'routed_from'], index);
    if (from !== undefined) (routedFrom as Vlan[]).push(from);
  }
}

/** A network in canonical text. */
export function readPrefix(
  scope: Scope,
  text: string,
  path: TopologyPath,
  family: 4 | 6,
): Prefix | undefined {
  const cidr = scope.addresses.cidr(text);
  const fault = prefixFault(text, cidr, family);
  if (fault !== undefined) scope.report({ ...fault, place: atValue(path) });
  return prefixOf(cidr, family);
}
