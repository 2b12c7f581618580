/**
 * Keys with which PBS itself encrypts what it pushes, and decrypts what it pulls (4.2). They lie on the PBS and are
 * managed by it (`pbs-config/src/encryption_keys.rs`): with the host all copies are lost that only its key opens.
 */
import type { Host, SyncFlow } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import type { ApplyStep } from '../lowering.ts';
import { secretFile } from '../secrets.ts';
import { word } from '../shell-words.ts';

const DIRECTORY = '/etc/proxmox-backup/encryption-keys';

/** One for each key that the active syncs of a host name, before its jobs. */
export function keySteps(host: Host, flows: readonly SyncFlow[]): ApplyStep[] {
  const users = new Map<string, SyncFlow[]>();
  for (const flow of flows) for (const key of keysOf(flow)) push(users, key, flow);
  return [...users].map(([key, list]) => keyStep(host, key, list));
}

function keysOf({ spec }: SyncFlow): readonly string[] {
  const { 'active-encryption-key': active, 'associated-key': associated } = spec.properties ?? {};
  return [...new Set([active, associated].flat())].filter(key => typeof key === 'string');
}

function keyStep(host: Host, key: string, flows: readonly SyncFlow[]): ApplyStep {
  const file = word(`${DIRECTORY}/${key}.enc`);
  const from = secretFile(`${key}.key`);
  const create = `proxmox-backup-debug api create /config/encryption-keys --id ${word(key)}`;
  const none = `there is no key ${key}. Put the one that exists into ${from} and repeat this step. Only if nothing was ever encrypted with it: ${create}`;
  return {
    target: host.key,
    phase: 'jobs',
    order: 20,
    title: `Encryption key ${key}`,
    text: [
      `Used by ${flows.map(flow => `\`${flow.key}\``).join(', ')}. PBS has it in \`${DIRECTORY}/${key}.enc\`, and nothing copies it from there: keep a copy where it is not lost with this host. Without it nobody can read the copies.`,
      `A host that is installed anew gets the old key back, from \`${from}\`: a new one reads no old copy. Remove that file afterwards.`,
    ],
    commands: [
      `if test -s ${file}; then
  echo ${word(`key ${key} is there`)}
elif test -s ${word(from)}; then
  ${create} --key "$(cat ${word(from)})" >/dev/null
else
  offsite_stop ${word(none)}
fi`,
    ],
    check: [`test -s ${file}`],
    causes: flows.map(({ path }) => [...path, 'properties']),
  };
}
