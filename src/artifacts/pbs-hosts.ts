/** The PBS hosts that take part, with the version that their files must fit. */
import type { Host, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { cannotRead, NEWEST, parseVersion, type Version } from '../proxmox/version.ts';

/**
 * Active hosts with the role, in key order; `managed: false` ones get notes instead of files. Kept, since a dozen kinds ask
 * and thousands of hosts have other roles.
 */
export const pbsHosts = memo((topology: Topology): readonly Host[] =>
  [...topology.hosts.values()].filter(host => host.state === 'active' && host.roles.has('pbs')),
);

/** The newest stands in for a version that is no good at all: `unsupported-version` says so, and nothing is too new. */
export const pbsVersion = memo((host: Host): Version => {
  const version = parseVersion(host.roles.get('pbs') ?? '');
  return version === undefined || isTooOld(host) ? NEWEST.pbs : version;
});

/** Only notes are rendered for such a host: somebody else runs it, or the version is an error. */
export function isTooOld(host: Host): boolean {
  const version = parseVersion(host.roles.get('pbs') ?? '');
  return version !== undefined && cannotRead('pbs', version);
}

/** Whether files are rendered for the host. */
export const isRendered = (host: Host): boolean => host.managed && host.takesFiles;
