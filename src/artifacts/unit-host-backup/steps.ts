/** What proxmox-backup-client needs on a host beside its unit. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { HostBackupFlow } from '../../model/topology.ts';
import type { ApplyStep, Need } from '../lowering.ts';
import { secretFile } from '../secrets.ts';
import { word as shell } from '../shell-words.ts';
import { SECRETS } from '../unit-trigger/service.ts';

export const at = (flow: HostBackupFlow, key: keyof HostBackupFlow['spec']): TopologyPath => [
  ...flow.path,
  key,
];
export const keyFile = (name: string): string => `${SECRETS}/${name}.key`;
export const passwordFile = ({ account }: HostBackupFlow): string => `${SECRETS}/${account.secret}`;

export function needsOf(flow: HostBackupFlow): Need[] {
  const { account, path, runsOn } = flow;
  const target = runsOn.key;
  const key = flow.spec.encryption_key;
  return [
    { target, kind: 'package', name: 'proxmox-backup-client', causes: [path] },
    { target, kind: 'directory', name: SECRETS, mode: '0700', owner: 'root', group: 'root', causes: [path] },
    {
      target,
      kind: 'secret',
      name: account.secret,
      placed: passwordFile(flow),
      what: `${account.token === undefined ? 'password' : 'token secret'} of ${account.spec.id} on ${account.on.key}`,
      causes: [at(flow, 'account'), account.path],
    },
    ...(key === undefined
      ? []
      : [
          {
            target,
            kind: 'secret' as const,
            name: `${key}.key`,
            placed: keyFile(key),
            what: 'encryption key of the backups, the same wherever it is used',
            causes: [at(flow, 'encryption_key')],
          },
        ]),
  ];
}

/** The password or token secret, where the unit reads it. */
export const passwordStep = (flow: HostBackupFlow): ApplyStep => ({
  target: flow.runsOn.key,
  phase: 'units',
  order: 20,
  title: `Password for flow ${flow.key}`,
  text: [],
  commands: [`offsite_place ${shell(flow.account.secret)} ${shell(passwordFile(flow))}`],
  check: [`test -s ${shell(passwordFile(flow))}`],
  undo: [`offsite_put_back ${shell(passwordFile(flow))}`],
  causes: [at(flow, 'account')],
});

/** The client-side encryption key: made once, copied elsewhere, and kept on paper. */
export const keyStep = (flow: HostBackupFlow, name: string): ApplyStep => ({
  target: flow.runsOn.key,
  phase: 'units',
  order: 25,
  title: `Encryption key ${name}`,
  text: [
    `If the key exists already, on another host or from before this one was installed anew, put it into \`${secretFile(`${name}.key`)}\` first: it is taken from there. A new key reads no old backup. On paper it is the lines from \`{\` to \`}\`.`,
    'Without this key nobody can read the backups. Print it and keep a copy away from this host and its site.',
  ],
  commands: [
    `if test -s ${shell(keyFile(name))}; then
  echo ${shell(`key ${name} is there`)}
elif test -s ${shell(secretFile(`${name}.key`))}; then
  offsite_place ${shell(`${name}.key`)} ${shell(keyFile(name))}
else
  proxmox-backup-client key create ${shell(keyFile(name))} --kdf none
fi`,
    `chmod 0600 ${shell(keyFile(name))}`,
    `proxmox-backup-client key paperkey ${shell(keyFile(name))} --output-format text`,
  ],
  check: [`proxmox-backup-client key show ${shell(keyFile(name))}`],
  causes: [at(flow, 'encryption_key')],
});

/** Hosts without Proxmox packages. */
export const repositoryStep = (flow: HostBackupFlow): ApplyStep => ({
  target: flow.runsOn.key,
  phase: 'prepare',
  order: 15,
  title: 'Package source of proxmox-backup-client',
  text: [
    'Debian does not have the package. Add Proxmox\'s client repository first ("Proxmox Backup Client-only Repository" in the manual of PBS), for the Debian release of this host.',
  ],
  commands: ['apt-get update', 'apt-cache show proxmox-backup-client >/dev/null'],
  causes: [flow.path],
});
