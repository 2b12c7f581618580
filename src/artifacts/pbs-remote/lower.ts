/**
 * `remote.cfg`: one remote per id that sync flows name, with the address of the other PBS on the flow's network. The
 * password stands in the file in base64, so the file is rendered as a template to fill.
 */
import { peerAddress, peerOf, type ServiceEnd } from '../../analyses/flow-ends.ts';
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { Host, PbsAccount, SyncFlow, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { goneNote } from '../gone-note.ts';
import type { ApplyStep, Change, ExternalNote, Lowered, Withheld } from '../lowering.ts';
import { isRendered } from '../pbs-hosts.ts';
import { placeholder } from '../secrets.ts';
import { sectionFiles } from '../section-files.ts';
import { property, type Section, section } from '../sections.ts';
import { word } from '../shell-words.ts';

interface Remote {
  readonly flow: SyncFlow;
  readonly id: string;
  readonly peer: Host;
  readonly account: PbsAccount;
  readonly end: ServiceEnd;
}

const DEFAULT_PORT = 8007;

export function lowerPbsRemote(topology: Topology): Lowered {
  const flows = [...topology.flows.values()].filter(flow => flow.kind === 'sync');
  const sections = new Map<Host, readonly Section[]>();
  const diagnostics: Diagnostic[] = [];
  const withheld: Withheld[] = [];
  const changes: Change[] = [];
  const steps: ApplyStep[] = [];
  const gone: ExternalNote[] = [];
  for (const [host, own] of groupBy(flows, flow => flow.runsOn)) {
    if (host.state !== 'active') continue;
    const found = own.filter(({ state }) => state === 'active').map(remoteOf);
    diagnostics.push(...found.flatMap(entry => entry?.diagnostics ?? []));
    const remotes = found.flatMap(entry => entry?.remotes ?? []);
    const byId = new Map<string, Remote>();
    for (const remote of remotes) {
      const first = byId.get(remote.id);
      if (first === undefined) byId.set(remote.id, remote);
      else if (!isSame(first, remote)) diagnostics.push(conflict(first, remote));
    }
    sections.set(host, [...byId.values()].map(remoteSection));
    const retired = retiredRemotes(own, byId);
    if (!isRendered(host)) {
      for (const { remote = '', path } of retired)
        gone.push(goneNote(host.key, `remote ${remote}`, [], [path]));
      continue;
    }
    const waiting = [...byId.values()].filter(({ peer }) => peer.spec.api?.fingerprint === 'pending');
    withheld.push(...waiting.map(remote => withheldBy(host, remote)));
    diagnostics.push(...waiting.map(remote => pendingFingerprint(host, remote)));
    steps.push(...retired.map(removeStep));
    changes.push(...retired.map(removal));
  }
  const file = { kind: 'pbs-remote', file: 'remote.cfg', phase: 'remotes', sections, withheld } as const;
  const files = sectionFiles(topology, file);
  const external = [...files.external, ...gone];
  return { ...files, steps, changes, external, diagnostics: [...diagnostics, ...files.diagnostics] };
}

function remoteOf(flow: SyncFlow): { remotes: Remote[]; diagnostics: Diagnostic[] } | undefined {
  const { remote: id, account } = flow;
  const peer = peerOf(flow);
  if (id === undefined || account === undefined || peer === undefined) return undefined;
  const end = peerAddress(flow);
  if (end === undefined) return { remotes: [], diagnostics: [noAddress(flow, peer)] };
  return { remotes: [{ flow, id, peer, account, end }], diagnostics: [] };
}

/** Flows share a remote when everything that its section says is the same. */
const isSame = (a: Remote, b: Remote): boolean =>
  a.account === b.account && a.end.address === b.end.address && a.end.port === b.end.port;

function remoteSection({ flow, id, peer, account, end }: Remote): Section {
  const at = (key: keyof SyncFlow['spec']): TopologyPath => [...flow.path, key];
  const pinned = peer.spec.api?.fingerprint;
  const fingerprint = pinned === 'pending' ? undefined : pinned?.toLowerCase();
  return section(
    'remote',
    id,
    [flow.spec.remote === undefined ? flow.path : at('remote'), peer.path],
    [
      property('host', end.address, ...end.causes, at('via')),
      property('port', end.port === DEFAULT_PORT ? undefined : end.port, [...peer.path, 'api', 'port']),
      property('auth-id', account.spec.id, [...account.path, 'id'], at('account')),
      property('password', placeholder(account.secret, 'base64'), account.path, at('account')),
      property('fingerprint', fingerprint, [...peer.path, 'api', 'fingerprint']),
    ],
    [account.secret],
  );
}

/** One flow per remote that only retired flows use. */
function retiredRemotes(flows: readonly SyncFlow[], used: ReadonlyMap<string, Remote>): SyncFlow[] {
  const retired = flows.filter(({ state, remote }) => state === 'retired' && remote !== undefined);
  const unused = retired.filter(({ remote = '' }) => !used.has(remote));
  return [...new Map(unused.map(flow => [flow.remote, flow])).values()];
}

const removal = ({ runsOn, remote = '', path }: SyncFlow): Change => ({
  target: runsOn.key,
  verb: 'removes',
  kind: 'remote',
  name: remote,
  causes: [path],
});

const removeStep = ({ runsOn, remote = '', path }: SyncFlow): ApplyStep => ({
  target: runsOn.key,
  phase: 'remotes',
  order: 30,
  title: `Remove retired remote ${remote}`,
  text: [],
  commands: [
    [
      `if proxmox-backup-manager remote show ${word(remote)} >/dev/null 2>&1; then`,
      `  proxmox-backup-manager remote remove ${word(remote)}`,
      'fi',
    ].join('\n'),
  ],
  check: [`! proxmox-backup-manager remote show ${word(remote)} >/dev/null 2>&1`],
  undo: ['# make the flow active in the topology again, and apply'],
  causes: [path],
});

const noAddress = ({ key, path, via }: SyncFlow, peer: Host): Diagnostic => ({
  code: 'no-address-on-via',
  severity: 'error',
  message: `sync \`${key}\` must use \`${via.text}\`, and \`${peer.key}\` has no known address there`,
  place: atValue([...path, 'via']),
  related: [{ message: 'the other PBS', place: atKey(peer.path) }],
  help: `give \`${peer.key}\` a NIC with an address there, or set its \`api.address\``,
});

const conflict = (first: Remote, second: Remote): Diagnostic => ({
  code: 'section-twice',
  severity: 'error',
  message: `remote "${second.id}" would have two meanings: sync \`${first.flow.key}\` and sync \`${second.flow.key}\` reach \`${second.peer.key}\` by another account or address`,
  place: atKey(second.flow.path),
  related: [{ message: 'the first one', place: atKey(first.flow.path) }],
  help: 'give one of the two flows a `remote:` of its own',
});

const withheldBy = (host: Host, { peer }: Remote): Withheld => ({
  target: host.key,
  path: '/etc/proxmox-backup/remote.cfg',
  how: `On \`${peer.key}\` run \`proxmox-backup-manager cert info\`, write the SHA-256 fingerprint into the topology as its \`api.fingerprint\`, and render again.`,
  causes: [[...peer.path, 'api', 'fingerprint']],
});

const pendingFingerprint = (host: Host, { peer }: Remote): Diagnostic => ({
  code: 'pending-value',
  severity: 'warning',
  message: `the fingerprint of \`${peer.key}\` is pending: remote.cfg of \`${host.key}\` is not rendered`,
  place: atValue([...peer.path, 'api', 'fingerprint']),
  help: `\`proxmox-backup-manager cert info\` on \`${peer.key}\` prints it`,
});
