/** What starts flows: timers, services of sync jobs in chains, the steps that switch them on, and what cannot run. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Flow, Host, Topology } from '../../model/topology.ts';
import { type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';
import { retireUnits } from './retire.ts';
import { isCopy, isWithheld, type Runs, runsOf, type UnitFlow, unitName } from './runs.ts';
import { startStep } from './steps.ts';
import { syncService, timerOf } from './timer.ts';
import { unitArtifact, unitFile } from './unit-file.ts';

export function lowerUnitTrigger(topology: Topology): Lowered {
  const runs = runsOf(topology);
  const retired = retireUnits(topology);
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps = [...retired.steps];
  const diagnostics: Diagnostic[] = [...declaredOnly(runs), ...impossibleTriggers(runs)];
  for (const [host, flows] of runs.units) {
    const timed: UnitFlow[] = [];
    for (const flow of flows) {
      if (flow.kind === 'sync')
        artifacts.push(
          unitArtifact(
            'unit-trigger',
            host.key,
            `${unitName(flow)}.service`,
            unitFile(syncService(flow, runs)),
          ),
        );
      // A timer is of no use without its service.
      if (isWithheld(flow)) continue;
      const timer = timerOf(flow);
      if (timer === undefined) continue;
      if ('diagnostics' in timer) diagnostics.push(...timer.diagnostics);
      else {
        artifacts.push(
          unitArtifact('unit-trigger', host.key, `${unitName(flow)}.timer`, unitFile(timer.sections)),
        );
        timed.push(flow);
      }
    }
    const present = flows.filter(flow => !isWithheld(flow));
    if (present.length > 0) steps.push(startStep(host, present, timed));
  }
  return {
    ...emptyLowered,
    artifacts,
    steps,
    changes: retired.changes,
    external: [...runs.declaredOnly.flatMap(note), ...retired.external],
    diagnostics,
  };
}

const declaredOnly = ({ declaredOnly }: Runs): Diagnostic[] =>
  declaredOnly.map(flow => ({
    code: 'declared-only',
    severity: 'info',
    message: `nothing is rendered for flow \`${flow.key}\`: ${whyNot(flow)}`,
    place: atKey(flow.path),
  }));

function whyNot(flow: Flow): string {
  if (flow.kind === 'zfs-send' || flow.kind === 'carry')
    return `flows of kind \`${flow.kind}\` are only declared`;
  const host = flow.runsOn as Host;
  if (!host.managed) return `\`${host.key}\`, which runs it, is not managed`;
  return `\`${host.key}\`, which runs it, takes no units (os \`${host.os}\`)`;
}

/** What whoever runs the other host must set up. */
function note(flow: Flow): ExternalNote[] {
  if (!isCopy(flow)) return [];
  const { key, spec, path, runsOn, via } = flow;
  const when =
    spec.schedule === undefined
      ? 'No schedule is declared.'
      : `Schedule: ${spec.schedule} (${runsOn.timezone}).`;
  return [
    {
      name: runsOn.key,
      title: `Flow ${key}`,
      text: [
        `This host runs the ${spec.kind} flow from \`${spec.from}\` to \`${spec.to}\` by network \`${via.text}\`. It is not rendered: whoever runs the host sets it up. ${when}`,
      ],
      blocks: [],
      causes: [path],
    },
  ];
}

/** The flow before must have a unit or script on the same host, or nothing can start the next one. */
function impossibleTriggers({ units, scripts }: Runs): Diagnostic[] {
  const run = new Set<Flow>([...units.values(), ...scripts.values()].flat());
  return [...run].flatMap(flow => {
    const { after } = flow;
    if (after === undefined || run.has(after)) return [];
    return [
      {
        code: 'trigger-not-possible',
        severity: 'error',
        message: `flow \`${flow.key}\` is to start after \`${after.key}\`, which nothing here runs`,
        place: atValue([...flow.path, 'trigger', 'after']),
        related: [{ message: 'the flow before', place: atKey(after.path) }],
        help: 'give it a `schedule` and `expect_after`',
      },
    ];
  });
}
