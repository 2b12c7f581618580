import { cyclesOf } from '../analyses/cycles.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Host } from '../model/topology.ts';
import type { Rule } from './rule.ts';

export const guestOfItself: Rule = {
  id: 'guest-of-itself',
  severity: 'error',
  summary: 'Machines are guests of one another in a circle.',
  why: 'None of them could ever start. What is said of copies that are lost together follows from `guest.on`, and is wrong then.',
  fix: 'Correct `guest.on`, and leave `guest` out for the machine that is no guest.',
  example: {
    bad: 'pve-1: { guest: { on: pbs, vmid: 101 }, … }\npbs: { guest: { on: pve-1, vmid: 900 }, … }',
    good: 'pve-1: { … }\npbs: { guest: { on: pve-1, vmid: 900 }, … }',
  },
  *check({ topology }) {
    for (const cycle of cyclesOf(topology.hosts.values(), hostBelow)) {
      const [first, ...others] = cycle;
      if (first === undefined) continue;
      yield {
        message:
          others.length === 0
            ? `\`${first.key}\` is declared as a guest of itself`
            : `these machines are guests of one another in a circle: ${[...cycle, first].map(({ key }) => `\`${key}\``).join(' on ')}`,
        place: at(first),
        related: others.map(host => ({
          message: `\`${host.key}\` is a guest of \`${hostBelow(host)?.key}\``,
          place: at(host),
        })),
        help: 'leave `guest` out for the machine that is no guest',
      };
    }
  },
};

const at = ({ path }: Host) => atValue([...path, 'guest', 'on']);

/** A guest of a cluster may run on any of its nodes, also on one that is no guest itself. */
const hostBelow = ({ runsOn }: Host): Host | undefined =>
  runsOn === undefined || 'nodes' in runsOn ? undefined : runsOn;
