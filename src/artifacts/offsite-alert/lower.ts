/** `offsite-alert@.service`: what runs when a flow has failed (`OnFailure=` of every unit of ours). */

import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Topology } from '../../model/topology.ts';
import { sameColumns } from '../columns.ts';
import { emptyLowered, type Lowered } from '../lowering.ts';
import { runsOf } from '../unit-trigger/runs.ts';
import { LIBRARY } from '../unit-trigger/service.ts';
import { setting, unitArtifact, unitFile } from '../unit-trigger/unit-file.ts';

export function lowerOffsiteAlert(topology: Topology): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  for (const [host, flows] of runsOf(topology).units) {
    const causes = flows.map(({ path }) => path);
    const file = { view: COMMON.view, columns: sameColumns(COMMON.columns, causes) };
    artifacts.push(unitArtifact('offsite-alert', host.key, 'offsite-alert@.service', file));
  }
  return { ...emptyLowered, artifacts };
}

const NO_CAUSES: TopologyPath = [];

/** What is the same on every host. */
const COMMON = unitFile({
  Unit: [setting('Description', 'Says that %i has failed', NO_CAUSES)],
  Service: [setting('Type', 'oneshot', NO_CAUSES), setting('ExecStart', `${LIBRARY}/alert %i`, NO_CAUSES)],
});
