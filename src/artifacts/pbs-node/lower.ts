/** The declared keys of `node.cfg`; the rest of it (ciphers, ACME, description) is the host's. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import type { Host, Topology } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { checkPbsValue } from '../../proxmox/check-property.ts';
import { FLAT } from '../../proxmox/pbs-files.ts';
import { factList } from '../facts.ts';
import { type ApplyStep, type ExternalNote, emptyLowered, type Lowered } from '../lowering.ts';
import { isRendered, pbsHosts, pbsVersion } from '../pbs-hosts.ts';
import { type Property, property } from '../sections.ts';

const FILE = 'node.cfg';
const PATH = `/etc/proxmox-backup/${FILE}`;

export interface NodeView {
  readonly entries: readonly { readonly key: string; readonly value: string }[];
}

/** Linear in hosts. */
export function lowerPbsNode(topology: Topology): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps: ApplyStep[] = [];
  const external: ExternalNote[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const host of pbsHosts(topology)) {
    const entries = entriesOf(host);
    if (entries.length === 0) continue;
    diagnostics.push(...entries.flatMap(entry => problemOf(host, entry)));
    if (!isRendered(host)) {
      external.push(noteOf(host, entries));
      continue;
    }
    artifacts.push(artifactOf(host, entries));
    steps.push(checkStep(host));
  }
  return { ...emptyLowered, artifacts, steps, external, diagnostics };
}

function entriesOf({ spec, path }: Host): Property[] {
  const at = (key: keyof NonNullable<typeof spec.node>) => [...path, 'node', key];
  return [
    ...property('default-lang', spec.node?.language, at('language')),
    ...property('email-from', spec.node?.email_from, at('email_from')),
    ...property('http-proxy', spec.node?.http_proxy, at('http_proxy')),
    ...property('task-log-max-days', spec.node?.task_log_max_days, at('task_log_max_days')),
  ].sort((a, b) => byBytes(a.key, b.key));
}

function problemOf(host: Host, { key, value, causes }: Property): Diagnostic[] {
  const finding = checkPbsValue(FILE, FLAT, key, value, pbsVersion(host));
  return finding === undefined ? [] : [{ ...finding, severity: 'error', place: atValue(causes[0] ?? []) }];
}

/** Mode and owner from `proxmox-backup/pbs-config/src/lib.rs`. */
function artifactOf(host: Host, entries: readonly Property[]): Lowered['artifacts'][number] {
  const list = factList();
  for (const { key, value, causes } of entries) list.one(key, value, causes);
  return {
    kind: 'pbs-node',
    target: host.key,
    folder: 'merge',
    path: PATH,
    ownership: 'keys',
    mode: '0640',
    owner: 'root',
    group: 'backup',
    secrets: [],
    view: { entries: entries.map(({ key, value }) => ({ key, value })) } satisfies NodeView,
    facts: list.facts,
    phase: 'notify',
  };
}

const checkStep = ({ key, path }: Host): ApplyStep => ({
  target: key,
  phase: 'notify',
  order: 60,
  title: 'Look at the settings of the node',
  text: ['A `node.cfg` that PBS cannot read makes this command fail.'],
  commands: ['proxmox-backup-manager node show'],
  causes: [[...path, 'node']],
});

const noteOf = (host: Host, entries: readonly Property[]): ExternalNote => ({
  name: host.key,
  title: `${FILE} of PBS ${host.key}`,
  text: [`This PBS is run by others. \`${PATH}\` has these lines.`],
  blocks: [{ language: 'text', text: entries.map(({ key, value }) => `${key}: ${value}`).join('\n') }],
  causes: [[...host.path, 'node']],
});
