/** The network that a flow or a mount must use. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Site, Tunnel, Via, Vlan } from '../model/topology.ts';
import type { Scope, Step } from './scope.ts';

export interface Networks {
  readonly sites: ReadonlyMap<string, Site>;
  readonly tunnels: ReadonlyMap<string, Tunnel>;
}

/** `local`, `internet`, `site/vlan` or the name of a tunnel. Undefined after a diagnostic. */
export function resolveVia(
  scope: Scope,
  networks: Networks,
  text: string,
  path: TopologyPath,
  step?: Step,
): Via | undefined {
  if (text === 'local') return { kind: 'local', text };
  if (text === 'internet') return { kind: 'internet', text };
  if (text.includes('/')) {
    const vlan = referVlan(scope, networks.sites, text, path, step);
    return vlan && { kind: 'vlan', vlan, text };
  }
  const tunnel = scope.refer('tunnels', networks.tunnels, text, path, step);
  return tunnel && { kind: 'tunnel', tunnel, text };
}

export function referVlan(
  scope: Scope,
  sites: ReadonlyMap<string, Site>,
  text: string,
  path: TopologyPath,
  step?: Step,
): Vlan | undefined {
  const [siteName = '', vlanName = ''] = text.split('/', 2);
  const site = scope.refer('sites', sites, siteName, path, step);
  return site && scope.refer('vlans', site.vlans, vlanName, path, step);
}
