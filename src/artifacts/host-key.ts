/** The SSH host key of the far end of an rsync flow: ssh asks nobody, so an unknown host ends the flow. */
import { peerOf } from '../analyses/flow-ends.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Host, RsyncFlow } from '../model/topology.ts';
import type { Withheld } from './lowering.ts';

/** Undefined: not declared, or pending. */
export function hostKeyOf({ spec }: Host): string | undefined {
  const key = spec.ssh?.host_key;
  return key === 'pending' ? undefined : key;
}

export const hostKeyPlace = ({ spec, path }: Host): TopologyPath =>
  spec.ssh?.host_key === undefined ? path : [...path, 'ssh', 'host_key'];

/** How to get it. */
export const hostKeyScan = ({ key }: Host): string =>
  `\`cat /etc/ssh/ssh_host_ed25519_key.pub\` on \`${key}\` prints it (type and key; leave the comment out)`;

/** The far end, when its key is what the flow waits for. */
export function unknownFarEnd(flow: RsyncFlow): Host | undefined {
  const far = peerOf(flow);
  return far !== undefined && hostKeyOf(far) === undefined ? far : undefined;
}

/** @param path of the unit or script that the flow has afterwards. */
export const waitsForHostKey = (flow: RsyncFlow, far: Host, path: string): Withheld => ({
  target: flow.runsOn.key,
  path,
  how: `${hostKeyScan(far)}. Write it as \`ssh.host_key\` of that host, and render again.`,
  causes: [hostKeyPlace(far)],
});
