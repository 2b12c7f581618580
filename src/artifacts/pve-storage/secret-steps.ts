/**
 * Secrets of PBS storages. They are files beside `storage.cfg`: `/etc/pve/priv/storage/ID.pw` (secret and line end) and
 * `ID.enc` (the key file). pmxcfs gives them their mode (0600) and refuses every other; without quorum it is read-only,
 * so every command is chained to the one before (pve-storage `src/PVE/Storage/PBSPlugin.pm`, pve-cluster `pmxcfs.c`).
 */
import type { Cluster, Storage, Topology } from '../../model/topology.ts';
import type { ApplyStep, Change, Need } from '../lowering.ts';
import { secretFile } from '../secrets.ts';
import { word } from '../shell-words.ts';
import { whereText } from './clusters.ts';

const DIRECTORY = '/etc/pve/priv/storage';

interface SecretLowering {
  readonly steps: readonly ApplyStep[];
  readonly needs: readonly Need[];
  readonly changes: readonly Change[];
}

/** Steps, needs and changes for the storages of one cluster. */
export function secretLowering(
  topology: Topology,
  cluster: Cluster,
  storages: readonly Storage[],
): SecretLowering {
  const steps: ApplyStep[] = [];
  const needs: Need[] = [];
  const changes: Change[] = [];
  const { target } = cluster;
  for (const storage of storages) {
    const { backing, spec, id, path } = storage;
    if (backing.kind !== 'datastore') continue;
    const { account } = backing;
    const password = `${DIRECTORY}/${id}.pw`;
    const causes = [path, account.path];
    const what = `${account.token === undefined ? 'password' : 'token secret'} of ${account.spec.id} on ${account.on.key}`;
    steps.push(passwordStep(cluster, storage, account.secret, what));
    needs.push({ target, kind: 'secret', name: account.secret, placed: password, what, causes });
    changes.push({ target, verb: 'creates', kind: 'secret', name: password, causes });
    const key = spec.encryption_key;
    if (key === undefined) continue;
    const placed = `${DIRECTORY}/${id}.enc`;
    const at = [[...path, 'encryption_key']];
    steps.push(keyStep(topology, cluster, storage, key));
    needs.push({
      target,
      kind: 'secret',
      name: key,
      placed,
      what: `encryption key of storage ${id}`,
      causes: at,
    });
    changes.push({ target, verb: 'creates', kind: 'key', name: placed, causes: at });
  }
  return { steps, needs, changes };
}

/** Order 40: before the file is installed, so that the entry works from its first second. */
function passwordStep(cluster: Cluster, { id, path }: Storage, secret: string, what: string): ApplyStep {
  const to = word(`${DIRECTORY}/${id}.pw`);
  return {
    target: cluster.target,
    phase: 'storages',
    order: 40,
    title: `Secret of storage ${id}`,
    text: [
      ...whereText(cluster),
      `\`${secretFile(secret)}\` holds the ${what}, in one line.`,
      ...quorumText(cluster),
    ],
    commands: [`offsite_place ${word(secret)} ${to}`],
    check: [`test "$(stat -c %a ${to})" = 600`],
    undo: [`offsite_put_back ${to}`],
    causes: [path],
  };
}

const quorumText = ({ standalone }: Cluster): string[] =>
  standalone ? [] : ['While the cluster has no quorum the file cannot be written, and nothing is changed.'];

function keyStep(topology: Topology, cluster: Cluster, { id, path, spec }: Storage, key: string): ApplyStep {
  const from = word(secretFile(key));
  const to = word(`${DIRECTORY}/${id}.enc`);
  const fingerprint = spec.encryption_fingerprint;
  const escrow = topology.secrets.get(key)?.spec.escrow ?? [];
  const kept =
    escrow.length === 0
      ? 'The topology names no other copy: print one with `proxmox-backup-client key paperkey` and keep it where the backups are not.'
      : `Copies are kept at: ${escrow.join(', ')}.`;
  const common = {
    target: cluster.target,
    phase: 'storages',
    order: 41,
    title: `Encryption key of storage ${id}`,
    causes: [[...path, 'encryption_key']],
  } as const;
  if (fingerprint === undefined) {
    return {
      ...common,
      text: [
        ...whereText(cluster),
        `Makes the key \`${key}\` once. Without it no backup of this storage can be read. ${kept}`,
        'The last command prints its fingerprint: write it as `encryption_fingerprint` of the storage, and render again.',
      ],
      // PVE does not use it before the storage names it. In the directory of secrets it would not outlive the last step.
      commands: [
        `test -s ${to} || test -s ${from} || (umask 077 && proxmox-backup-client key create --kdf none ${from})`,
        `test -s ${to} || offsite_place ${word(key)} ${to}`,
        `proxmox-backup-client key show ${to}`,
      ],
      check: [`test -s ${to}`],
      undo: [`offsite_put_back ${to}`],
    };
  }
  return {
    ...common,
    text: [
      ...whereText(cluster),
      `\`${secretFile(key)}\` holds the key file as \`proxmox-backup-client key create --kdf none\` made it: bring the existing one, a new key reads no old backup. ${kept}`,
      'A key on paper has several lines, from `{` to `}`: write them into that file with an editor. Where the key is installed already, nothing is needed. Nothing is installed when its fingerprint is not the declared one.',
    ],
    commands: [
      `if grep -qsF ${word(fingerprint)} ${to}; then
  echo ${word(`key ${key} is installed`)}
elif test -s ${to}; then
  offsite_stop ${word(`${DIRECTORY}/${id}.enc is another key, and only that one reads the backups that were made with it. Give the new key to a new storage; or keep the old one elsewhere and move it away first`)}
else
  grep -qF ${word(fingerprint)} ${from} && offsite_place ${word(key)} ${to}
fi`,
    ],
    check: [`grep -qF ${word(fingerprint)} ${to}`],
    undo: [`offsite_put_back ${to}`],
  };
}
