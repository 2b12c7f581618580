/** Scripts that our units call: one says that a flow has ended well, the other that it has not. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Topology } from '../../model/topology.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList, sameColumns } from '../columns.ts';
import { emptyLowered, type Lowered } from '../lowering.ts';
import { runsOf } from '../unit-trigger/runs.ts';
import { LIBRARY } from '../unit-trigger/service.ts';

export interface ScriptView {
  readonly lines: readonly string[];
}

/** Stamp of the last success, and the same for Prometheus where node_exporter reads text files. */
const MARK_SUCCESS = [
  '#!/bin/sh',
  '# Rendered by offsite. mark-success FLOW: writes down that the flow has just ended well.',
  'set -eu',
  'flow=$1',
  'now=$(date +%s)',
  'umask 022',
  'mkdir -p /var/lib/offsite/success',
  'stamp=/var/lib/offsite/success/$flow',
  'printf \'%s\\n\' "$now" >"$stamp.new"',
  'mv -f "$stamp.new" "$stamp"',
  '# Through a rename: a reader never sees half a file.',
  'metrics=/var/lib/prometheus/node-exporter',
  '[ -d "$metrics" ] || exit 0',
  '{',
  "  printf '# TYPE offsite_flow_last_success_timestamp_seconds gauge\\n'",
  '  printf \'offsite_flow_last_success_timestamp_seconds{flow="%s"} %s\\n\' "$flow" "$now"',
  '} >"$metrics/offsite-$flow.prom.new"',
  'mv -f "$metrics/offsite-$flow.prom.new" "$metrics/offsite-$flow.prom"',
];

const ALERT = [
  '#!/bin/sh',
  '# Rendered by offsite. alert UNIT: says in the journal, and by mail to root, that the unit has failed.',
  'set -u',
  'unit=$1',
  'host=$(uname -n)',
  'logger -p daemon.err -t offsite -- "$unit on $host has failed"',
  '[ -x /usr/sbin/sendmail ] || exit 0',
  '{',
  '  printf \'To: root\\nSubject: %s on %s has failed\\n\\n\' "$unit" "$host"',
  '  journalctl --no-pager --output=short-iso --lines=50 --unit="$unit.service"',
  '} | /usr/sbin/sendmail root',
];

export function lowerOffsiteScript(topology: Topology): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  for (const [host, flows] of runsOf(topology).units) {
    const causes = flows.map(({ path }) => path);
    artifacts.push(script(host.key, 'alert', causes), script(host.key, 'mark-success', causes));
  }
  return { ...emptyLowered, artifacts };
}

/** What is the same on every host. */
function common(lines: readonly string[]) {
  const columns = new ColumnList(lines.length);
  for (const [index, line] of lines.entries()) columns.add('line', '', index, line, []);
  return { view: { lines } satisfies ScriptView, columns };
}

const COMMON = { alert: common(ALERT), 'mark-success': common(MARK_SUCCESS) };

const script = (
  target: string,
  name: keyof typeof COMMON,
  causes: readonly TopologyPath[],
): Lowered['artifacts'][number] =>
  new ColumnFile({
    kind: 'offsite-script',
    target,
    folder: 'root',
    path: `${LIBRARY}/${name}`,
    ownership: 'whole',
    mode: '0755',
    owner: 'root',
    group: 'root',
    secrets: [],
    view: COMMON[name].view,
    columns: sameColumns(COMMON[name].columns, causes),
    phase: 'units',
  });
