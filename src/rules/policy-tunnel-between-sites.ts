import { viaUses } from '../analyses/via-uses.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import { requirement } from './require.ts';

export const policyTunnelBetweenSites = requirement({
  id: 'policy-tunnel-between-sites',
  requirement: 'tunnel_between_sites',
  summary: 'The policy requires tunnels between sites, and a storage, mount or flow does without one.',
  why: 'What goes from one site to another by the internet, or by a network that is stretched over both, can be met by others, and depends on what routers and providers do with it.',
  fix: 'Name a tunnel as `via`, or grant an exception.',
  example: {
    bad: 'policy: { require: { tunnel_between_sites: true } }\nflows: { replica: { kind: sync, via: internet, … } }',
    good: 'flows: { replica: { kind: sync, via: home-dc, … } }',
  },
  *find({ topology }) {
    for (const { what, via, path, clients, server } of viaUses(topology)) {
      if (via.kind === 'tunnel' || server === undefined || path[0] === 'notifications') continue;
      const far = clients.find(({ site }) => site !== server.site);
      if (far === undefined) continue;
      yield {
        message: `${what} goes from \`${far.key}\` at \`${far.site.key}\` to \`${server.key}\` at \`${server.site.key}\` by \`${via.text}\`, and not through a tunnel`,
        place: atValue(path),
        related: [far, server].map(host => ({ message: `\`${host.key}\``, place: atKey(host.path) })),
        help: 'name a tunnel between the two sites as `via`',
      };
    }
  },
});
