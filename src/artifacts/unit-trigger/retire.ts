/** What retired flows left on hosts. */
import type { Flow, Host, SyncFlow, Topology } from '../../model/topology.ts';
import { goneNote } from '../gone-note.ts';
import type { ApplyStep, Change, ExternalNote } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { isCopy, runsScripts, type UnitFlow, unitName } from './runs.ts';
import { SECRETS } from './service.ts';
import { UNIT_DIRECTORY } from './unit-file.ts';

/** Changes and steps for retired flows on hosts that are still there. */
export function retireUnits(topology: Topology): {
  readonly steps: readonly ApplyStep[];
  readonly changes: readonly Change[];
  readonly external: readonly ExternalNote[];
} {
  const retired = [...topology.flows.values()].filter(
    (flow): flow is UnitFlow =>
      (isCopy(flow) || isChainedSync(flow)) && flow.state === 'retired' && flow.runsOn.state === 'active',
  );
  const units = retired.filter(({ runsOn }) => runsOn.takesFiles);
  const tasks = retired.filter(
    ({ runsOn, kind }) => runsScripts(runsOn) && kind !== 'host-backup' && kind !== 'sync',
  );
  return {
    steps: [...units.map(removeUnit), ...tasks.map(removeTask)],
    changes: [...units.map(flow => removal(flow, 'unit')), ...tasks.map(flow => removal(flow, 'task'))],
    external: retired
      .filter(({ runsOn, kind }) => !runsOn.takesFiles && !runsScripts(runsOn) && kind !== 'sync')
      .map(({ runsOn, key, path }) => goneNote(runsOn.key, `flow ${key}`, ['What it copied stays.'], [path])),
  };
}

/** What PBS itself starts has no unit of ours. */
const isChainedSync = (flow: Flow): flow is SyncFlow => flow.kind === 'sync' && flow.after !== undefined;

const removal = (flow: UnitFlow, kind: 'unit' | 'task'): Change => ({
  target: flow.runsOn.key,
  verb: 'removes',
  kind,
  name: unitName(flow),
  causes: [flow.path],
});

const AGAIN = ['# make the flow active in the topology again, and apply'];

function removeUnit(flow: UnitFlow): ApplyStep {
  const name = unitName(flow);
  const file = (suffix: string): string => word(`${UNIT_DIRECTORY}/${name}.${suffix}`);
  return {
    target: flow.runsOn.key,
    phase: 'units',
    order: 10,
    title: `Remove retired flow ${flow.key}`,
    text: [
      `What it copied stays, and so do its keys in \`${SECRETS}\`: delete those that no other flow uses.`,
    ],
    commands: [
      `if [ -e ${file('timer')} ]; then systemctl disable --now ${word(`${name}.timer`)}; fi`,
      `rm -f ${file('service')} ${file('timer')} ${word(`/var/lib/offsite/success/${flow.key}`)} ${word(`/var/lib/prometheus/node-exporter/offsite-${flow.key}.prom`)}`,
      'systemctl daemon-reload',
    ],
    check: [`! systemctl cat ${word(`${name}.service`)} >/dev/null 2>&1`],
    undo: AGAIN,
    causes: [flow.path],
  };
}

function removeTask(flow: UnitFlow): ApplyStep {
  const directory = (flow.runsOn as Host).spec.work_dir;
  return {
    target: flow.runsOn.key,
    phase: 'units',
    order: 10,
    title: `Remove retired flow ${flow.key}`,
    text: [
      `Control Panel → Task Scheduler: delete the task \`${unitName(flow)}\`, then its script. What it copied stays.`,
      ...(directory === undefined
        ? []
        : [`So do its keys in \`${directory}/secrets\`: delete those that no other flow uses.`]),
    ],
    commands: directory === undefined ? [] : [`rm -f ${word(`${directory}/${unitName(flow)}.sh`)}`],
    undo: AGAIN,
    causes: [flow.path],
  };
}
