import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Host, Role } from '../model/topology.ts';
import type { Rule } from './rule.ts';

/** A Linux machine may have a hypervisor of its own, and so may a NAS (DSM, QTS, TrueNAS). */
const RUNS_GUESTS: readonly Role[] = ['pve', 'linux', 'nas'];

export const guestOnWrongHost: Rule = {
  id: 'guest-on-wrong-host',
  severity: 'warning',
  summary: 'A machine is a guest of a host that runs no guests.',
  why: 'What is lost together with what follows from `guest.on`: with the wrong host, copies seem to be apart that are not.',
  fix: 'Name the PVE host or the cluster that runs it, or add the role that is missing there.',
  example: {
    bad: 'pbs-2: { roles: { pbs: "4.2.3" }, guest: { on: pbs-1, vmid: 900 } }  # pbs-1 is a PBS only',
    good: 'pbs-2: { roles: { pbs: "4.2.3" }, guest: { on: pve-1, vmid: 900 } }',
  },
  *check({ topology }) {
    for (const host of topology.hosts.values()) {
      const { key, path, runsOn } = host;
      if (runsOn === undefined || 'nodes' in runsOn || runsOn === host) continue;
      if (RUNS_GUESTS.some(role => runsOn.roles.has(role))) continue;
      yield {
        message: `\`${key}\` is declared as a guest of \`${runsOn.key}\`, which runs no guests: ${rolesText(runsOn)}`,
        place: atValue([...path, 'guest', 'on']),
        related: [{ message: 'its roles', place: atKey([...runsOn.path, 'roles']) }],
        help: 'name the PVE host or cluster that runs it, or add its role `pve` (`linux` for another hypervisor)',
      };
    }
  },
};

const rolesText = ({ roles }: Host): string =>
  `it is only ${[...roles.keys()].map(role => `\`${role}\``).join(' and ')}`;
