import { activeOnes } from '../analyses/in-use.ts';
import { listenersOf } from '../analyses/listeners.ts';
import { viaUses } from '../analyses/via-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Topology } from '../model/topology.ts';
import { isLocalName } from '../net/private.ts';
import type { Finding, Rule } from './rule.ts';

export const nameNeedsResolver: Rule = {
  id: 'name-needs-resolver',
  severity: 'info',
  summary: 'Something is addressed by a name that must be resolved first.',
  why: 'WireGuard resolves an endpoint once, when the interface starts: if the resolver is not up yet, or is behind that very tunnel, the tunnel stays down; if the address changes later, it is not looked up again. A mail server of the same site by its public name turns round at the gateway (hairpin NAT), which many gateways do not do.',
  fix: 'Use the address, or make sure that a resolver outside of the tunnel answers at boot.',
  example: {
    bad: 'endpoint: "home.example.com:51820"',
    good: 'endpoint: "203.0.113.130:51820"',
  },
  *check({ topology }) {
    yield* endpoints(topology);
    yield* services(topology);
    yield* hairpins(topology);
  },
};

/** One finding per tunnel. */
function* endpoints({ tunnels }: Topology): Iterable<Finding> {
  for (const tunnel of activeOnes(tunnels)) {
    const named = tunnel.ends.filter(({ spec }) => spec.endpoint !== undefined && isName(spec.endpoint));
    const [first, ...others] = named;
    if (first === undefined) continue;
    const rest = others.length > 0 ? ` and ${others.length} more` : '';
    yield {
      message: `tunnel \`${tunnel.key}\` finds \`${first.host.key}\`${rest} by name (\`${first.spec.endpoint}\`): it stays down when nothing resolves that at boot`,
      place: atValue([...first.path, 'endpoint']),
      ...(others.length > 0 && {
        related: others
          .slice(0, 8)
          .map(({ path }) => ({ message: 'this one, too', place: atValue([...path, 'endpoint']) })),
      }),
      help: 'use the address where it is fixed, and a resolver that is not behind the tunnel',
    };
  }
}

/** Over the internet a name is what one expects; on a network of our own the address is known. One per server. */
function* services(topology: Topology): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { what, path, server, service, via } of viaUses(topology)) {
    if (via.kind !== 'vlan' && via.kind !== 'tunnel') continue;
    const name = service && server?.spec[service]?.address;
    if (server === undefined || service === undefined || name === undefined || !isName(name)) continue;
    // An IPv6 address stands here without brackets.
    if (name.includes(':') || seen.has(`${server.key} ${service}`)) continue;
    seen.add(`${server.key} ${service}`);
    yield {
      message: `${what} finds \`${server.key}\` by the name \`${name}\`, though it must use \`${via.text}\`: what the name resolves to decides the way`,
      place: atValue([...server.path, service, 'address']),
      related: [{ message: `used by ${what}`, place: atValue(path) }],
      // A client that pins nothing compares the name with the one in the certificate.
      help:
        server.spec.api?.public_ca === true && service === 'api'
          ? `its certificate is for the name: let clients resolve it to the address on \`${via.text}\`, as in /etc/hosts`
          : `leave \`${service}.address\` out: the address on \`${via.text}\` is then used`,
    };
  }
}

/** `host` or `host:port`, not an address. */
const isName = (endpoint: string): boolean => !/^(?:\[|[0-9.]+(?::[0-9]+)?$)/.test(endpoint);

function* hairpins(topology: Topology): Iterable<Finding> {
  const listeners = listenersOf(topology);
  for (const notification of activeOnes(topology.notifications)) {
    const { path, spec, key, hosts } = notification;
    const server = listeners.serverOf(notification);
    if (server === undefined || spec.server === undefined || !/[a-z]/i.test(spec.server)) continue;
    if (spec.server.includes(':') || isLocalName(spec.server)) continue;
    const sites = new Set(hosts.flatMap(one => ('nodes' in one ? one.nodes : [one])).map(({ site }) => site));
    if (!sites.has(server.site)) continue;
    yield {
      severity: 'warning',
      message: `notification \`${key}\` reaches \`${server.key}\` of its own site by the name \`${spec.server}\`: by a public name the packets must turn round at the gateway`,
      place: atValue([...path, 'server']),
      related: [{ message: 'the server', place: atValue([...server.path, 'fqdn']) }],
      help: 'write its internal address as `server`, and name it as `relay`',
    };
  }
}
