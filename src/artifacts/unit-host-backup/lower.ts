/**
 * Units of host-backup flows: proxmox-backup-client with everything from its environment (proxmox-backup-client(1),
 * "Environment Variables"). The password is a credential; the certificate is pinned.
 */
import { peerAddress, type ServiceEnd } from '../../analyses/flow-ends.ts';
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atKey, atValue } from '../../diagnostics/diagnostic.ts';
import type { HostBackupFlow, Topology } from '../../model/topology.ts';
import { supports } from '../../proxmox/version.ts';
import {
  type ApplyStep,
  type Change,
  emptyLowered,
  type Lowered,
  type Need,
  type Withheld,
} from '../lowering.ts';
import { pbsVersion } from '../pbs-hosts.ts';
import { rateText } from '../pbs-values.ts';
import { type Credential, credential } from '../unit-trigger/credential.ts';
import { isWithheld, type Runs, runsOf, unitName } from '../unit-trigger/runs.ts';
import { serviceSections } from '../unit-trigger/service.ts';
import {
  constantWords,
  environment,
  settingOf,
  UNIT_DIRECTORY,
  unitArtifact,
  unitFile,
  type Word,
  word,
} from '../unit-trigger/unit-file.ts';
import { at, keyFile, keyStep, needsOf, passwordFile, passwordStep, repositoryStep } from './steps.ts';

const DEFAULT_PORT = 8007;
/** Archives of changed metadata only: proxmox-backup-client and server 3.3. */
const CHANGE_DETECTION_SINCE = '3.3.0 (3.3)';

export function lowerUnitHostBackup(topology: Topology): Lowered {
  const runs = runsOf(topology);
  const sum = {
    artifacts: [] as Lowered['artifacts'][number][],
    steps: [] as ApplyStep[],
    needs: [] as Need[],
    changes: [] as Change[],
    withheld: [] as Withheld[],
    diagnostics: [] as Diagnostic[],
  };
  const keys = new Set<string>();
  for (const [host, flows] of runs.units) {
    const backups = flows.filter(flow => flow.kind === 'host-backup');
    const [first] = backups;
    if (first !== undefined && !host.roles.has('pve') && !host.roles.has('pbs'))
      sum.steps.push(repositoryStep(first));
    for (const flow of backups) {
      const end = peerAddress(flow);
      for (const problem of problems(flow, end)) sum.diagnostics.push(problem);
      for (const need of needsOf(flow)) sum.needs.push(need);
      sum.steps.push(passwordStep(flow));
      const key = flow.spec.encryption_key;
      if (key !== undefined && !keys.has(`${host.key} ${key}`)) {
        keys.add(`${host.key} ${key}`);
        sum.steps.push(keyStep(flow, key));
        sum.changes.push({
          target: host.key,
          verb: 'creates',
          kind: 'key',
          name: keyFile(key),
          causes: [at(flow, 'encryption_key')],
        });
      }
      if (isWithheld(flow)) {
        sum.withheld.push(withheldBy(flow));
        sum.diagnostics.push(pendingFingerprint(flow));
      } else {
        sum.artifacts.push(
          unitArtifact(
            'unit-host-backup',
            host.key,
            `${unitName(flow)}.service`,
            unitFile(serviceOf(flow, runs, end)),
          ),
        );
      }
    }
  }
  return { ...emptyLowered, ...sum };
}

function serviceOf(flow: HostBackupFlow, runs: Runs, end: ServiceEnd | undefined) {
  const { path, account, spec, runsOn } = flow;
  const own = [path];
  const server = flow.to.datastore.host;
  const fingerprint = server.spec.api?.fingerprint;
  const accountAt = at(flow, 'account');
  const password = credential(runsOn, 'password', passwordFile(flow), accountAt, account.path);
  const key =
    spec.encryption_key === undefined
      ? undefined
      : credential(runsOn, 'key', keyFile(spec.encryption_key), at(flow, 'encryption_key'));
  const variables = [repository(flow, end)];
  if (fingerprint !== undefined) {
    const fingerprintAt = [...server.path, 'api', 'fingerprint'];
    variables.push(environment('PBS_FINGERPRINT', fingerprint.toLowerCase(), fingerprintAt));
  }
  variables.push(environment('PBS_PASSWORD_FILE', password.path, accountAt));
  for (const value of DIRECTORIES) variables.push(settingOf('Environment', value, own));
  variables.push(settingOf('CacheDirectory', 'offsite', own), settingOf('CacheDirectoryMode', '0700', own));
  return serviceSections({
    flow,
    runs,
    what: `Flow ${flow.key}: files to datastore ${flow.to.datastore.name} on ${server.key}`,
    credentials: key === undefined ? password.settings : [...password.settings, ...key.settings],
    environment: variables,
    checks: [],
    command: commandOf(flow, key),
    capabilities: 'CAP_DAC_READ_SEARCH',
    // Not a private /tmp: it may be part of what is saved. The client keeps its catalog there meanwhile.
    writes: [{ text: '/tmp', causes: own }],
  });
}

/** Where the client keeps things of its own. */
const DIRECTORIES = [
  ['XDG_CACHE_HOME', '{%C}/offsite'],
  ['XDG_CONFIG_HOME', '{%C}/offsite'],
  ['XDG_RUNTIME_DIR', '{%t}/offsite'],
].map(([name = '', directory = '']) => environment(name, directory).value);

function repository(flow: HostBackupFlow, end: ServiceEnd | undefined) {
  const { account, to } = flow;
  const host = end?.address.includes(':') ? `[${end.address}]` : (end?.address ?? '');
  const port = end?.port === undefined || end.port === DEFAULT_PORT ? '' : `:${end.port}`;
  return environment(
    'PBS_REPOSITORY',
    `${account.spec.id}@${host}${port}:${to.datastore.name}`,
    at(flow, 'to'),
    [...account.path, 'id'],
    ...(end?.causes ?? []),
    at(flow, 'via'),
  );
}

const BACKUP = constantWords('/usr/bin/proxmox-backup-client', 'backup');

function commandOf(flow: HostBackupFlow, key: Credential | undefined): Word[] {
  const { spec, path, to } = flow;
  const words = [...BACKUP];
  const add = (name: string, value: string, cause: TopologyPath): void => {
    const causes = [cause];
    words.push({ text: name, causes }, { text: value, causes });
  };
  for (const name of Object.keys(spec.paths).sort())
    words.push(word(`${name}.pxar:${spec.paths[name]}`, [...path, 'paths', name]));
  add('--backup-type', 'host', path);
  add(
    '--backup-id',
    spec.backup_id ?? flow.from.key,
    at(flow, spec.backup_id === undefined ? 'from' : 'backup_id'),
  );
  if (to.namespace !== '') add('--ns', to.namespace, at(flow, 'to'));
  if (spec.change_detection !== undefined)
    add('--change-detection-mode', spec.change_detection, at(flow, 'change_detection'));
  for (const [index, pattern] of (spec.exclude ?? []).entries())
    words.push(word(`--exclude=${pattern}`, [...path, 'exclude', index]));
  if (spec.rate !== undefined) add('--rate', rateText(spec.rate), at(flow, 'rate'));
  if (key === undefined) add('--crypt-mode', 'none', path);
  else {
    const keyAt = at(flow, 'encryption_key');
    add('--crypt-mode', 'encrypt', keyAt);
    add('--keyfile', key.path, keyAt);
  }
  return words;
}

const withheldBy = (flow: HostBackupFlow): Withheld => {
  const server = flow.to.datastore.host;
  return {
    target: flow.runsOn.key,
    path: `${UNIT_DIRECTORY}/${unitName(flow)}.service`,
    how: `On \`${server.key}\` run \`proxmox-backup-manager cert info\`, write the SHA-256 fingerprint into the topology as its \`api.fingerprint\`, and render again.`,
    causes: [[...server.path, 'api', 'fingerprint']],
  };
};

const pendingFingerprint = (flow: HostBackupFlow): Diagnostic => {
  const server = flow.to.datastore.host;
  return {
    code: 'pending-value',
    severity: 'warning',
    message: `the fingerprint of \`${server.key}\` is pending: the unit of flow \`${flow.key}\` is not rendered`,
    place: atValue([...server.path, 'api', 'fingerprint']),
    help: `\`proxmox-backup-manager cert info\` on \`${server.key}\` prints it`,
  };
};

function problems(flow: HostBackupFlow, end: ServiceEnd | undefined): Diagnostic[] {
  const { path, key, spec, via } = flow;
  const server = flow.to.datastore.host;
  const found: Diagnostic[] = [];
  if (end === undefined) {
    found.push({
      code: 'no-address-on-via',
      severity: 'error',
      message: `flow \`${key}\` must use \`${via.text}\`, and \`${server.key}\` has no known address there`,
      place: atValue([...path, 'via']),
      related: [{ message: 'the PBS', place: atKey(server.path) }],
      help: `give \`${server.key}\` a NIC with an address there, or set its \`api.address\``,
    });
  }
  if (spec.change_detection !== undefined && !supports(pbsVersion(server), CHANGE_DETECTION_SINCE)) {
    found.push({
      code: 'property-too-new',
      severity: 'error',
      message: `change detection needs 3.3.0 on \`${server.key}\`; declared "${server.roles.get('pbs') ?? ''}"`,
      place: atKey([...path, 'change_detection']),
      related: [{ message: 'the declared version', place: atValue([...server.path, 'roles', 'pbs']) }],
      help: 'leave it out, or correct the version',
    });
  }
  return found;
}
