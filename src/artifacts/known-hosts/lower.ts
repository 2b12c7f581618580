/** Host keys of the far ends of rsync flows. Flows to hosts whose key is not known are withheld. */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import { hostPattern } from '../../formats/known-hosts/quote.ts';
import type { Host, Topology } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { factList } from '../facts.ts';
import { hostKeyOf, hostKeyPlace, hostKeyScan } from '../host-key.ts';
import { emptyLowered, type Lowered } from '../lowering.ts';
import { copyOf } from '../unit-rsync/copy.ts';
import { KNOWN_HOSTS } from '../unit-rsync/lower.ts';
import { runsOf } from '../unit-trigger/runs.ts';
import { distinct } from '../unit-trigger/unit-file.ts';

export interface KnownHostsView {
  readonly lines: readonly string[];
}

interface Entry {
  readonly pattern: string;
  readonly far: Host;
  readonly causes: TopologyPath[];
}

export function lowerKnownHosts(topology: Topology): Lowered {
  const { units, scripts } = runsOf(topology);
  const artifacts: Lowered['artifacts'][number][] = [];
  const missing = new Set<Host>();
  for (const [host, flows] of [...units, ...scripts]) {
    const entries = new Map<string, Entry>();
    for (const flow of flows) {
      if (flow.kind !== 'rsync') continue;
      const { address, port, far } = copyOf(flow);
      if (hostKeyOf(far) === undefined) {
        missing.add(far);
        continue;
      }
      const pattern = address && hostPattern(address.text, Number(port.text));
      if (pattern === undefined || address === undefined) continue;
      const entry = entries.get(pattern) ?? { pattern, far, causes: [] };
      entry.causes.push(...address.causes, ...port.causes);
      entries.set(pattern, entry);
    }
    const path = fileOf(host);
    if (entries.size === 0 || path === undefined) continue;
    const sorted = [...entries.values()].sort((a, b) => byBytes(a.pattern, b.pattern));
    artifacts.push(file(host, path, sorted));
  }
  return { ...emptyLowered, artifacts, diagnostics: [...missing].map(unknownKey) };
}

/** Beside the script on a NAS. */
function fileOf(host: Host): string | undefined {
  if (host.takesFiles) return KNOWN_HOSTS;
  return host.spec.work_dir === undefined ? undefined : `${host.spec.work_dir}/known_hosts`;
}

function file(host: Host, path: string, entries: readonly Entry[]): Lowered['artifacts'][number] {
  const list = factList();
  const lines = entries.map(({ pattern, far, causes }, index) => {
    const [type = '', key = ''] = (hostKeyOf(far) ?? '').split(' ');
    const keyAt = [[...far.path, 'ssh', 'host_key']];
    list.one(`host[${index}]/pattern[0]`, pattern, distinct(causes));
    list.one(`host[${index}]/type`, type, keyAt);
    list.one(`host[${index}]/key`, key, keyAt);
    return `${pattern} ${type} ${key}`;
  });
  return {
    kind: 'known-hosts',
    target: host.key,
    folder: 'root',
    path,
    ownership: 'whole',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view: { lines } satisfies KnownHostsView,
    facts: list.facts,
    phase: 'units',
  };
}

const unknownKey = (far: Host): Diagnostic => ({
  code: 'pending-value',
  severity: 'warning',
  message: `the SSH host key of \`${far.key}\` is ${far.spec.ssh?.host_key === undefined ? 'not declared' : 'pending'}: the flows of hosts that copy from or to it are not rendered`,
  place: far.spec.ssh?.host_key === undefined ? atKey(far.path) : atValue(hostKeyPlace(far)),
  help: `${hostKeyScan(far)}: write it as \`ssh.host_key\``,
});
