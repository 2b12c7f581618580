import { runningFlows } from '../analyses/in-use.ts';
import { listenersOf } from '../analyses/listeners.ts';
import { atKey } from '../diagnostics/diagnostic.ts';
import { requirement } from './require.ts';

export const policyNotified = requirement({
  id: 'policy-notified',
  requirement: 'notified',
  needsAll: true,
  summary: 'The policy requires that somebody hears of every failure, and nobody hears of that of a flow.',
  why: 'A backup that has stopped is noticed on the day it is needed.',
  fix: 'List the host or cluster that runs the flow under `hosts` of a notification that takes errors, or grant an exception.',
  example: {
    bad: 'policy: { require: { notified: true } }\nflows: { copy: { kind: rsync, run_on: nas, … } } # and no notification lists nas',
    good: 'notifications: { mail: { hosts: [pbs, pve, nas], … } }',
  },
  *find({ topology }) {
    const listeners = listenersOf(topology);
    for (const { key, path, runsOn } of runningFlows(topology.flows)) {
      // What is carried by hand is in somebody's hands.
      if (runsOn === undefined || listeners.of(runsOn).length > 0) continue;
      yield {
        message: `nobody hears when \`${key}\` fails: no active notification takes errors of \`${runsOn.key}\`, which runs it`,
        place: atKey(path),
        related: [{ message: 'runs it', place: atKey(runsOn.path) }],
        help: `list \`${runsOn.key}\` under \`hosts\` of a notification`,
      };
    }
  },
});
