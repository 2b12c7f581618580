/** Steps around units of one host. */
import type { Host } from '../../model/topology.ts';
import type { ApplyStep } from '../lowering.ts';
import { word } from '../shell-words.ts';
import { emptiedText } from './deletions.ts';
import { type UnitFlow, unitName } from './runs.ts';
import { UNIT_DIRECTORY } from './unit-file.ts';

/** Loads the units and switches their timers on or off. */
export function startStep(host: Host, flows: readonly UnitFlow[], timed: readonly UnitFlow[]): ApplyStep {
  const isOff = ({ spec }: UnitFlow): boolean => spec.disabled === true;
  const timer = (flow: UnitFlow): string => word(`${unitName(flow)}.timer`);
  const on = timed.filter(flow => !isOff(flow)).map(timer);
  const off = timed.filter(isOff).map(timer);
  const hasTimer = new Set(timed);
  const [first] = flows.filter(flow => !isOff(flow));
  return {
    target: host.key,
    phase: 'units',
    order: 60,
    title: 'Start the timers',
    text: [
      ...emptiedText(flows),
      'Run each flow once by hand before you rely on it: the first copy takes long, and a missing right shows at once.',
      ...(flows.some(({ kind }) => kind === 'rsync' || kind === 'rclone')
        ? ['A copy fails while there is nothing to copy.']
        : []),
      ...(off.length === 0 ? [] : ['Flows that are declared as disabled have their timers switched off.']),
    ],
    commands: [
      ...flows.filter(flow => !hasTimer.has(flow)).map(removeTimer),
      'systemctl daemon-reload',
      ...(off.length === 0 ? [] : [`systemctl disable --now ${off.join(' ')}`]),
      ...(on.length === 0 ? [] : [`offsite_enable ${on.join(' ')}`]),
      ...(first === undefined ? [] : [`systemctl start --no-block ${word(unitName(first))}.service`]),
    ],
    check: [
      `systemd-analyze verify --man=no ${flows.map(flow => word(`/etc/systemd/system/${unitName(flow)}.service`)).join(' ')}`,
      "systemctl list-timers 'offsite-*'",
      "systemctl list-units --failed 'offsite-*'",
      "ls -l /var/lib/offsite/success 2>/dev/null || echo 'no run has succeeded yet'",
    ],
    ...(on.length === 0 ? {} : { undo: [`offsite_disable ${on.join(' ')}`] }),
    causes: flows.map(({ path }) => path),
  };
}

/** A flow that had a schedule before would go on by it. */
function removeTimer(flow: UnitFlow): string {
  const timer = `${unitName(flow)}.timer`;
  const file = word(`${UNIT_DIRECTORY}/${timer}`);
  return `if [ -e ${file} ]; then systemctl disable --now ${word(timer)} && rm -f ${file}; fi`;
}
