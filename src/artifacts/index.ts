/** Every artifact kind and every lowering, in the order in which they run. */
import type { Facts } from '../analyses/facts.ts';
import type { ArtifactKind } from './artifact.ts';
import { kind as gatewaySysctl } from './gateway-sysctl/verify.ts';
import { lowerGatewaySysctl } from './gateway-sysctl/lower.ts';
import type { Lowered } from './lowering.ts';
import { lowerStaticRoutes } from './static-routes/lower.ts';
import { kind as staticRoutes } from './static-routes/verify.ts';
import { lowerWireguardReload } from './wireguard-reload/lower.ts';
import { kind as wireguardReload } from './wireguard-reload/verify.ts';
import { lowerWireguard } from './wireguard/lower.ts';
import { kind as wireguard } from './wireguard/verify.ts';

const LOWERINGS: readonly ((facts: Facts) => Lowered)[] = [
  ({ topology }) => lowerWireguard(topology),
  ({ topology }) => lowerWireguardReload(topology),
  ({ topology }) => lowerStaticRoutes(topology),
  ({ topology }) => lowerGatewaySysctl(topology),
];

export const KINDS: ReadonlyMap<string, ArtifactKind> = new Map(
  [wireguard, wireguardReload, staticRoutes, gatewaySysctl].map(kind => [kind.name, kind]),
);

/** Everything that is rendered, and everything that a file alone cannot make. */
export function lower(facts: Facts): Lowered {
  const parts = LOWERINGS.map(lowering => lowering(facts));
  return {
    artifacts: parts.flatMap(part => part.artifacts),
    steps: parts.flatMap(part => part.steps),
    needs: parts.flatMap(part => part.needs),
    changes: parts.flatMap(part => part.changes),
    external: parts.flatMap(part => part.external),
    withheld: parts.flatMap(part => part.withheld),
    diagnostics: parts.flatMap(part => part.diagnostics),
  };
}
