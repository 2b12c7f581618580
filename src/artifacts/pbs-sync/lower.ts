/** `sync.cfg`: pull, push and local jobs, each on the PBS that runs it. */
import { peerOf } from '../../analyses/flow-ends.ts';
import { goneOnes } from '../../analyses/in-use.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey } from '../../diagnostics/diagnostic.ts';
import type { Datastore, Host, SyncFlow, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { goneNote } from '../gone-note.ts';
import type { ApplyStep, Change, ExternalNote, Lowered, Withheld } from '../lowering.ts';
import { withheldJobs } from '../pbs-datastore/waiting.ts';
import { isRendered, pbsVersion } from '../pbs-hosts.ts';
import { sectionFiles } from '../section-files.ts';
import type { Section } from '../sections.ts';
import { word } from '../shell-words.ts';
import { syncsInChains } from '../unit-trigger/runs.ts';
import { keySteps } from './key-steps.ts';
import { syncSection } from './section.ts';

export function lowerPbsSync(topology: Topology): Lowered {
  const flows = [...topology.flows.values()].filter(flow => flow.kind === 'sync');
  const chained = syncsInChains(topology);
  const sections = new Map<Host, readonly Section[]>();
  const diagnostics: Diagnostic[] = [];
  const steps: ApplyStep[] = [];
  const changes: Change[] = [];
  const used: [Host, Datastore][] = [];
  const withheld: Withheld[] = [];
  const gone: ExternalNote[] = [];
  for (const [host, own] of groupBy(flows, flow => flow.runsOn)) {
    if (host.state !== 'active') continue;
    const active = own.filter(({ state }) => state === 'active');
    const made = active.map(flow => syncSection(flow, pbsVersion(host), chained.has(flow)));
    sections.set(
      host,
      made.map(({ section }) => section),
    );
    diagnostics.push(...made.flatMap(entry => entry.diagnostics), ...active.flatMap(localRates));
    const retired = goneOnes(own, ({ id }) => id);
    if (!isRendered(host)) {
      for (const { id, path } of retired)
        gone.push(goneNote(host.key, `sync job ${id}`, ['What it copied stays.'], [path]));
      continue;
    }
    for (const { from, to } of active) used.push([host, from.datastore], [host, to.datastore]);
    withheld.push(...remotesOf(active).map(peer => waitsFor(host, peer)));
    steps.push(...retired.map(removeStep), ...keySteps(host, active));
    changes.push(...retired.map(removal));
  }
  withheld.push(...withheldJobs(used, FILE));
  const file = { kind: 'pbs-sync', file: 'sync.cfg', phase: 'jobs', sections, withheld } as const;
  const files = sectionFiles(topology, file);
  const external = [...files.external, ...gone];
  return { ...files, steps, changes, external, diagnostics: [...diagnostics, ...files.diagnostics] };
}

const FILE = '/etc/proxmox-backup/sync.cfg';

/** Hosts whose fingerprint is pending, so that the remote is withheld which the job names. */
const remotesOf = (flows: readonly SyncFlow[]): readonly Host[] => {
  const peers = flows.flatMap(flow => peerOf(flow) ?? []);
  return [...new Set(peers)].filter(({ spec }) => spec.api?.fingerprint === 'pending');
};

const waitsFor = (host: Host, peer: Host): Withheld => ({
  target: host.key,
  path: FILE,
  how: `It has jobs with the remote of \`${peer.key}\`, whose fingerprint \`/etc/proxmox-backup/remote.cfg\` waits for.`,
  causes: [[...peer.path, 'api', 'fingerprint']],
});

const removal = ({ runsOn, id, path }: SyncFlow): Change => ({
  target: runsOn.key,
  verb: 'removes',
  kind: 'sync',
  name: id,
  causes: [path],
});

/**
 * By command, so that the state file goes too (a later job of the same id would start from it), and before remotes:
 * PBS does not remove one that a job uses.
 */
const removeStep = ({ runsOn, id, path }: SyncFlow): ApplyStep => ({
  target: runsOn.key,
  phase: 'remotes',
  order: 20,
  title: `Remove retired sync job ${id}`,
  text: ['What it copied stays.'],
  commands: [
    [
      `if proxmox-backup-manager sync-job show ${word(id)} >/dev/null 2>&1; then`,
      `  proxmox-backup-manager sync-job remove ${word(id)}`,
      'fi',
    ].join('\n'),
  ],
  check: [`! proxmox-backup-manager sync-job show ${word(id)} >/dev/null 2>&1`],
  undo: ['# make the flow active in the topology again, and apply'],
  causes: [path],
});

const localRates = ({ direction, spec, key, path }: SyncFlow): Diagnostic[] =>
  direction !== 'local' || spec.rates === undefined
    ? []
    : [
        {
          code: 'rates-on-local-sync',
          severity: 'error',
          message: `sync \`${key}\` is local, and PBS ignores the rates of local syncs`,
          place: atKey([...path, 'rates']),
          help: 'remove them; for a bucket set `s3.rates` of the datastore',
        },
      ];
