/** The PBS hosts that take part, with the version that their files must fit. */
import type { Host, Topology } from '../model/topology.ts';
import { memo } from '../once.ts';
import { parseVersion, type Version } from '../proxmox/version.ts';

/** The oldest supported release stands in for a version that does not parse, which validation has reported. */
const OLDEST: Version = { text: '3.4', major: 3, minor: 4, patch: 0, bare: true };

/**
 * Active hosts with the role, in key order; `managed: false` ones get notes instead of files. Kept, since a dozen kinds ask
 * and thousands of hosts have other roles.
 */
export const pbsHosts = memo((topology: Topology): readonly Host[] =>
  [...topology.hosts.values()].filter(host => host.state === 'active' && host.roles.has('pbs')),
);

export const pbsVersion = memo((host: Host): Version => parseVersion(host.roles.get('pbs') ?? '') ?? OLDEST);

/** Whether files are rendered for the host. */
export const isRendered = (host: Host): boolean => host.managed && host.takesFiles;
