import { holdsId } from '../analyses/guest-ids.ts';
import { runningFlows } from '../analyses/in-use.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const pbsBacksUpItself: Rule = {
  id: 'pbs-backs-up-itself',
  severity: 'warning',
  summary: 'A PBS is among the guests that are backed up into it.',
  why: 'While the guest is frozen for the snapshot, the PBS in it cannot take the data: the job hangs until it times out. And the backup lies where it cannot be read without the PBS that it is of.',
  fix: 'Exclude it from the set of guests, and save its configuration elsewhere.',
  example: {
    bad: 'guests: { all-guests: { cluster: home, all: true } }  # the PBS is VM 900 of home',
    good: 'guests: { all-guests: { cluster: home, all: true, exclude: [900] } }',
  },
  *check({ topology }) {
    for (const flow of runningFlows(topology.flows)) {
      if (flow.kind !== 'backup' || flow.to.backing.kind !== 'datastore') continue;
      const { host } = flow.to.backing.place.datastore;
      const { guest } = host.spec;
      const on = host.runsOn && ('nodes' in host.runsOn ? host.runsOn : host.runsOn.cluster);
      if (guest === undefined || on !== flow.from.cluster || holdsId(flow.from, guest.vmid) !== true)
        continue;
      const { path, spec } = flow.from;
      yield {
        message: `\`${flow.key}\` backs up guest ${guest.vmid}, which is \`${host.key}\` itself, into \`${host.key}\``,
        place: atValue([...flow.path, 'from']),
        related: [
          { message: 'the guests', place: atValue([...path, spec.ids === undefined ? 'all' : 'ids']) },
          { message: 'the PBS', place: atValue([...host.path, 'guest', 'vmid']) },
        ],
        help:
          spec.ids === undefined ? `add ${guest.vmid} to \`exclude\`` : `take ${guest.vmid} out of \`ids\``,
      };
    }
  },
};
