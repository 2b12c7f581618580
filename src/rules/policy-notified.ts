import { runningFlows } from '../analyses/in-use.ts';
import { legacyMailOf } from '../analyses/legacy-mail.ts';
import { listenersOf, messageTypeOf } from '../analyses/listeners.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
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
    for (const flow of runningFlows(topology.flows)) {
      const { key, path, runsOn } = flow;
      // What is carried by hand is in somebody's hands.
      if (runsOn === undefined) continue;
      const mail = legacyMailOf(topology, flow);
      if (mail !== undefined) {
        if (mail.silentBecause === undefined) continue;
        yield {
          message: `nobody hears when \`${key}\` fails: legacy-sendmail goes past every notification, and ${mail.silentBecause}`,
          place: atKey(path),
          related: [{ message: 'its mode', place: atValue(mail.path) }],
          help: mail.help,
        };
        continue;
      }
      const type = messageTypeOf(flow);
      if (listeners.of(runsOn, type).length > 0) continue;
      // Where it is covered at all, `types` leave it out.
      const isCovered = listeners.of(runsOn).length > 0;
      yield {
        message: `nobody hears when \`${key}\` fails: no active notification takes errors${isCovered ? ` of type ${type}` : ''} of \`${runsOn.key}\`, which runs it`,
        place: atKey(path),
        related: [{ message: 'runs it', place: atKey(runsOn.path) }],
        help: isCovered
          ? `add \`${type}\` to the \`types\` of a notification`
          : `list \`${runsOn.key}\` under \`hosts\` of a notification`,
      };
    }
  },
});
