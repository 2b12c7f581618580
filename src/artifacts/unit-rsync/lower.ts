/** Units of rsync flows on Debian-like hosts, and the keys that they need. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { RsyncFlow, Topology } from '../../model/topology.ts';
import { unknownFarEnd, waitsForHostKey } from '../host-key.ts';
import { keyText } from '../key-text.ts';
import {
  type ApplyStep,
  type Change,
  emptyLowered,
  type Lowered,
  type Need,
  type Withheld,
} from '../lowering.ts';
import { word as shell } from '../shell-words.ts';
import { credential } from '../unit-trigger/credential.ts';
import { unreachableShare } from '../unit-trigger/place.ts';
import { type Runs, runsOf, unitName } from '../unit-trigger/runs.ts';
import { mountChecks, SECRETS, serviceSections } from '../unit-trigger/service.ts';
import {
  environment,
  UNIT_DIRECTORY,
  unitArtifact,
  unitFile,
  type Word,
  word,
} from '../unit-trigger/unit-file.ts';
import { type Copy, copyOf, ends, rsyncOptions, sshCommand } from './copy.ts';
import { farEnds } from './far-end.ts';

export const KNOWN_HOSTS = '/etc/offsite/known_hosts';

export function lowerUnitRsync(topology: Topology): Lowered {
  const runs = runsOf(topology);
  const far = farEnds(topology);
  const paths = new Map(far.ends.flatMap(end => [...end.paths]));
  const artifacts: Lowered['artifacts'][number][] = [];
  const steps = new Map<string, ApplyStep>();
  const needs: Need[] = [];
  const changes = new Map<string, Change>();
  const withheld: Withheld[] = [];
  const diagnostics: Diagnostic[] = [...far.diagnostics];
  const checked = (flow: RsyncFlow): Copy => {
    const copy = copyOf(flow);
    diagnostics.push(...unreachable(copy));
    return copy;
  };
  for (const [host, flows] of runs.units) {
    for (const flow of flows.filter(one => one.kind === 'rsync')) {
      const copy = checked(flow);
      const name = `${unitName(flow)}.service`;
      const unknown = unknownFarEnd(flow);
      if (unknown === undefined) {
        const sections = serviceOf(copy, runs, paths.get(flow) ?? word('./', flow.path));
        artifacts.push(unitArtifact('unit-rsync', host.key, name, unitFile(sections)));
      } else withheld.push(waitsForHostKey(flow, unknown, `${UNIT_DIRECTORY}/${name}`));
      needs.push(...needsOf(host.key, copy));
      const key = keyOf(flow);
      steps.set(`${host.key} ${key}`, keyStep(host.key, flow, key));
      changes.set(`${host.key} ${key}`, {
        target: host.key,
        verb: 'creates',
        kind: 'key',
        name: key,
        causes: [flow.account.path],
      });
    }
  }
  for (const flows of runs.scripts.values()) {
    for (const flow of flows) if (flow.kind === 'rsync') checked(flow);
  }
  return {
    ...emptyLowered,
    artifacts,
    steps: [...steps.values()],
    needs,
    changes: [...changes.values()],
    withheld,
    diagnostics,
  };
}

const keyOf = ({ account }: RsyncFlow): string => `${SECRETS}/${account.secret}.key`;

function serviceOf(copy: Copy, runs: Runs, remotePath: Word) {
  const { flow, local, direction } = copy;
  const account = [...flow.path, 'account'];
  const key = credential(flow.runsOn, 'ssh-key', keyOf(flow), account, flow.account.path);
  const ssh = sshCommand(copy, key.path, KNOWN_HOSTS);
  return serviceSections({
    flow,
    runs,
    what: `Flow ${flow.key}: rsync from ${flow.from.share.key} to ${flow.to.share.key}`,
    credentials: key.settings,
    environment: [
      environment('RSYNC_RSH', ssh.map(({ text }) => text).join(' '), ...ssh.flatMap(({ causes }) => causes)),
    ],
    checks: mountChecks(local.directory, local.mountpoint, direction === 'push'),
    command: [word('/usr/bin/rsync'), ...rsyncOptions(copy), ...ends(copy, remotePath)],
    // Files that vanish while they are copied are normal where the source prunes.
    success: '24',
    // Times of a directory that belongs to somebody else are set with the second one.
    capabilities: direction === 'push' ? 'CAP_DAC_READ_SEARCH' : 'CAP_DAC_OVERRIDE CAP_FOWNER',
    writes: direction === 'push' ? [] : [local.directory],
  });
}

const needsOf = (target: string, { flow, direction, local }: Copy): Need[] => [
  { target, kind: 'package', name: 'openssh-client', causes: [flow.path] },
  { target, kind: 'package', name: 'rsync', causes: [flow.path] },
  {
    target,
    kind: 'directory',
    name: SECRETS,
    mode: '0700',
    owner: 'root',
    group: 'root',
    causes: [flow.path],
  },
  // The share itself is there; a directory below it may not be.
  ...(direction === 'push' || flow.to.directory === '' || local.mountpoint !== undefined
    ? []
    : [
        {
          target,
          kind: 'directory' as const,
          name: local.directory.text,
          mode: '0755',
          owner: 'root',
          group: 'root',
          causes: local.directory.causes,
        },
      ]),
];

function keyStep(target: string, flow: RsyncFlow, key: string): ApplyStep {
  const { account } = flow;
  const file = shell(key);
  const known = account.publicKey;
  return {
    target,
    phase: 'units',
    order: 20,
    title: `Key of account ${account.key}`,
    text: keyText(account.secret, `account \`${account.key}\``, known !== undefined),
    commands: [
      `test -s ${file} || ssh-keygen -q -t ed25519 -N '' -C ${shell(account.secret)} -f ${file}`,
      `ssh-keygen -y -f ${file}`,
    ],
    check: known === undefined ? [] : [`ssh-keygen -y -f ${file} | grep -qF ${shell(known)}`],
    causes: [account.path, flow.path],
  };
}

function unreachable(copy: Copy): Diagnostic[] {
  const { flow, direction, far, address } = copy;
  const missing: Diagnostic[] =
    address === undefined
      ? [
          {
            code: 'no-address-on-via',
            severity: 'error',
            message: `flow \`${flow.key}\` must use \`${flow.via.text}\`, and \`${far.key}\` has no known address there`,
            place: atValue([...flow.path, 'via']),
            related: [{ message: 'the far host', place: atKey(far.path) }],
            help: `give \`${far.key}\` a NIC with an address there, or set its \`ssh.address\``,
          },
        ]
      : [];
  return [...missing, ...unreachableShare(flow, direction === 'push' ? flow.from : flow.to, flow.runsOn)];
}
