import { unitTriggerCodes } from '../artifacts/unit-trigger/codes.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Host, Topology } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

/** What no lowering looks at. Those that render some kinds of an object report the others themselves. */
export const declaredOnly: Rule = {
  id: 'declared-only',
  ...unitTriggerCodes['declared-only'],
  *check({ topology }) {
    yield* notificationsOf(topology);
    yield* nodesOf(topology);
  },
};

/** Only PVE and PBS have notification targets, and only mail can leave any other host. */
function* notificationsOf({ notifications }: Topology): Iterable<Finding> {
  for (const { key, path, spec, state, hosts } of notifications.values()) {
    if (state !== 'active' || spec.kind === 'postfix') continue;
    for (const host of hosts) {
      if ('nodes' in host || hasTargets(host)) continue;
      yield {
        message: `notification \`${key}\` is declared only for \`${host.key}\`: it runs neither PVE nor PBS`,
        place: atValue([...path, 'hosts', spec.hosts.indexOf(host.key)]),
        help: 'configure it by hand, or use `kind: postfix` for mail',
      };
    }
  }
}

function* nodesOf({ hosts }: Topology): Iterable<Finding> {
  for (const host of hosts.values()) {
    if (host.state !== 'active' || host.spec.node === undefined || host.roles.has('pbs')) continue;
    yield {
      message: `\`node\` of \`${host.key}\` is declared only: it runs no PBS`,
      place: atKey([...host.path, 'node']),
      help: 'only PBS has a `node.cfg`',
    };
  }
}

const hasTargets = ({ roles }: Host): boolean => roles.has('pbs') || roles.has('pve');
