import { isLive } from '../analyses/schedule-jobs.ts';
import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Flow } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const flowNeverStarts: Rule = {
  id: 'flow-never-starts',
  severity: 'warning',
  summary: 'Nothing starts a flow: it has no schedule and no trigger, or the flow before it does not run.',
  why: 'It looks like a copy, and runs only when somebody thinks of it. Its job or unit is there, and nothing reports that it never ran.',
  fix: 'Add a `schedule`, or `trigger: { after: FLOW }` with a flow that runs. Where somebody is to start it by hand, allow the finding and say who and when.',
  example: {
    bad: 'files: { kind: host-backup, from: nas, to: main, … }',
    good: 'files: { kind: host-backup, from: nas, to: main, schedule: "03:00", … }',
  },
  *check({ topology }) {
    for (const flow of topology.flows.values()) if (isLive(flow) && isOurs(flow)) yield* judge(flow);
  },
};

/** Somebody else's host starts what it runs as he likes. */
const isOurs = ({ runsOn }: Flow): boolean => runsOn?.managed === true;

function* judge(flow: Flow): Iterable<Finding> {
  const { key, path, spec, after } = flow;
  if (spec.schedule !== undefined || startsOtherwise(flow)) return;
  if (after === undefined) {
    const byHand = isByHand(flow);
    yield {
      ...(byHand && { severity: 'info' as const }),
      message: `\`${key}\` has no schedule and no trigger: it runs only when somebody starts it`,
      place: atKey(path),
      help: byHand
        ? 'add `run_on_mount: true`, or a `schedule` for when the disk is there'
        : 'add `schedule`, for example `schedule: "03:00"`, or `trigger: { after: FLOW }`',
    };
    return;
  }
  if (isLive(after)) return;
  const { state } = after;
  yield {
    message: `\`${key}\` never starts: \`${after.key}\`, after which it is to run, is ${state === 'active' ? 'switched off' : state}`,
    place: atValue([...path, 'trigger', 'after']),
    related: [{ message: 'the flow before it', place: atKey(after.path) }],
    help: 'name a flow that runs, or replace the trigger with a `schedule`',
  };
}

/** PVE has no job without a schedule, which is for another rule; the last two kinds are only declared. */
function startsOtherwise({ kind, spec }: Flow): boolean {
  if (kind === 'backup' || kind === 'vzdump' || kind === 'zfs-send' || kind === 'carry') return true;
  return 'run_on_mount' in spec && spec.run_on_mount === true;
}

/** Whoever plugs in a disk can start the job as well. */
const isByHand = (flow: Flow): boolean =>
  flow.kind === 'sync' &&
  [flow.from, flow.to].some(({ datastore }) => datastore.backing.kind === 'removable');
