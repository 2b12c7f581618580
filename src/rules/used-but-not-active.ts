import { absentUses } from '../analyses/absent-uses.ts';
import { activeOnes, isActive } from '../analyses/in-use.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Tunnel } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const usedButNotActive: Rule = {
  id: 'used-but-not-active',
  severity: 'error',
  summary: 'Something active uses what is planned or retired.',
  why: 'Nothing is rendered for what is planned, and what is retired is removed: the storage is offline, and each run of the job fails.',
  fix: 'Name something that is there, or give both the same `state`.',
  example: {
    bad: 'datastores: { old: { state: retired, … } }\nflows: { copy: { kind: sync, from: main, to: old, … } }',
    good: 'flows: { copy: { state: retired, kind: sync, from: main, to: old, … } }',
  },
  *check({ topology }) {
    for (const tunnel of activeOnes(topology.tunnels)) yield* ends(tunnel);
    for (const { user, path, part } of absentUses(topology)) {
      const { what, state } = part;
      yield {
        message: `${user} uses ${what}, which is ${state === 'planned' ? 'planned: it is not there yet' : 'retired: it is gone'}`,
        place: atValue(path),
        related: [{ message: 'its state', place: atValue([...part.path, 'state']) }],
        help:
          state === 'planned'
            ? `make ${user} \`state: planned\`, too, until ${what} is there`
            : `name another one, or make ${user} \`state: retired\`, too`,
      };
    }
  },
};

/** Of more than two ends the others do without one: what they have for it is a peer that is not there. */
function* ends(tunnel: Tunnel): Iterable<Finding> {
  const active = tunnel.ends.filter(({ host }) => isActive(host));
  if (active.length === tunnel.ends.length) return;
  const isDown = active.length < 2 || (tunnel.kind === 'hub' && !active.some(({ isHub }) => isHub));
  const what = `tunnel \`${tunnel.key}\``;
  for (const { host, path } of tunnel.ends) {
    if (isActive(host)) continue;
    const isPlanned = host.state === 'planned';
    const state = isPlanned ? 'planned: it is not there yet' : 'retired: it is gone';
    const whole = isPlanned ? 'planned' : 'retired';
    yield {
      ...(!isDown && { severity: 'warning' as const }),
      message: `${what} ends on host \`${host.key}\`, which is ${state}`,
      place: atKey(path),
      related: [{ message: 'its state', place: atValue([...host.path, 'state']) }],
      help: isDown
        ? `make ${what} \`state: ${whole}\`, too${isPlanned ? `, until host \`${host.key}\` is there` : ', or name the host that has taken over'}`
        : `leave the end out${isPlanned ? ` until host \`${host.key}\` is there` : ''}: the others are rendered with a peer for it`,
    };
  }
}
