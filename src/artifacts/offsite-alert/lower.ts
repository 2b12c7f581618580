/** `offsite-alert@.service`: what runs when a flow has failed (`OnFailure=` of every unit of ours). */

import type { Topology } from '../../model/topology.ts';
import { emptyLowered, type Lowered } from '../lowering.ts';
import { runsOf } from '../unit-trigger/runs.ts';
import { LIBRARY } from '../unit-trigger/service.ts';
import { setting, unitArtifact } from '../unit-trigger/unit-file.ts';

export function lowerOffsiteAlert(topology: Topology): Lowered {
  const artifacts = [...runsOf(topology).units].map(([host, flows]) => {
    const causes = flows.map(({ path }) => path);
    return unitArtifact('offsite-alert', host.key, 'offsite-alert@.service', {
      Unit: [setting('Description', 'Says that %i has failed', ...causes)],
      Service: [
        setting('Type', 'oneshot', ...causes),
        setting('ExecStart', `${LIBRARY}/alert %i`, ...causes),
      ],
    });
  });
  return { ...emptyLowered, artifacts };
}
