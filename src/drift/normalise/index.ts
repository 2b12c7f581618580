/** Which normaliser understands a file: by its kind, else by where it lies. */
import { KINDS } from '../../artifacts/kinds.ts';
import { pbsFile } from '../../proxmox/pbs-files.ts';
import type { Normaliser } from '../statement.ts';
import { authorizedKeys } from './authorized-keys.ts';
import { property, understood } from './build.ts';
import { fstab } from './fstab.ts';
import { ini } from './ini.ts';
import { interfaces } from './interfaces.ts';
import { knownHosts } from './known-hosts.ts';
import { nodeCfg } from './node-cfg.ts';
import { pbsAcl } from './pbs-acl.ts';
import { pbsFileOf, pbsSections } from './pbs-sections.ts';
import { pveSections } from './pve-sections.ts';
import { shell } from './shell.ts';
import { sysctl } from './sysctl.ts';
import { systemdUnit } from './systemd-unit.ts';
import { vzdumpConf } from './vzdump-conf.ts';
import { wireguard } from './wireguard.ts';

const BY_KIND: Readonly<Record<string, Normaliser>> = {
  'authorized-keys': authorizedKeys,
  fstab,
  'gateway-sysctl': sysctl,
  'known-hosts': knownHosts,
  'pbs-acl': pbsAcl,
  'pve-jobs': pveSections,
  'pve-storage': pveSections,
  'rclone-conf': ini,
  'static-routes': interfaces,
  'vzdump-conf': vzdumpConf,
  wireguard,
};

/** The normaliser of an artifact; for kinds without one of their own, the facts of their reader without order. */
export function normaliserOf(kind: string, path: string): Normaliser {
  if (Object.hasOwn(BY_KIND, kind)) return BY_KIND[kind]!;
  const file = pbsFileOf(path);
  if (file === 'node.cfg') return nodeCfg;
  if (pbsFile(file) !== undefined) return pbsSections;
  if (/\.(?:service|timer|mount|automount|path|socket|target)(?:\.d\/[^/]+\.conf)?$/.test(path))
    return systemdUnit;
  if (kind.endsWith('-script')) return shell;
  return text => factsOf(kind, text);
}

function factsOf(kind: string, text: string) {
  const { facts, errors } = KINDS.get(kind)?.read(text) ?? { facts: [], errors: [] };
  return understood(
    [],
    facts.map(({ at, value, line }) => property('', at.replace(/\[\d+\]/g, ''), { value, line })),
    errors,
  );
}
