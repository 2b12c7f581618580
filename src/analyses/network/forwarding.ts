import { readSysctl } from '../../formats/sysctl/read.ts';
import type { Host, TunnelEnd } from '../../model/topology.ts';
import type { IpVersion } from '../../net/address.ts';
import { isRouter } from '../routers.ts';
import type { Decision } from './decision.ts';
import type { TextFile } from './text-file.ts';

export interface Forwarding {
  readonly on: boolean;
  /** Asked of a host that is not rendered. */
  readonly assumed: boolean;
  readonly decision: Decision;
}

const KEYS = {
  4: ['net/ipv4/ip_forward', 'net/ipv4/conf/all/forwarding'],
  6: ['net/ipv6/conf/all/forwarding'],
};

/**
 * Whether a host passes on what is not for it. The rendered file decides for the families that a tunnel needs, or a
 * VLAN that is routed from another; for the rest it is the owner's matter, and a gateway is taken to do its work.
 *
 * @param routed families in which it is the router between two VLANs.
 * @param rendered that a file which is needed and missing means that it does not.
 */
export function forwardingOf(
  host: Host,
  ends: readonly TunnelEnd[],
  routed: readonly { readonly family: 4 | 6 }[],
  file: TextFile | undefined,
  rendered: boolean,
): (version: IpVersion) => Forwarding {
  const settings = file === undefined ? [] : readSysctl(file.text).settings;
  return version => {
    const setting = settings.findLast(({ parts }) => KEYS[version].includes(parts.join('/')));
    if (setting !== undefined && file !== undefined) {
      const text = `${setting.parts.join('.')} = ${setting.value}`;
      const at = { file: file.path, line: setting.line };
      return { on: setting.value === '1', assumed: false, decision: { text, at } };
    }
    const needed =
      routed.some(({ family }) => family === version) ||
      ends.some(end => end.tunnel.state === 'active' && passesOn(end, version));
    if (needed && host.takesFiles && rendered) {
      return {
        on: false,
        assumed: false,
        decision: { text: `nothing switches IPv${version} forwarding on`, path: host.path },
      };
    }
    const on = needed || isRouter(host);
    const text = on ? `it is a gateway` : 'it has no role `gateway`';
    return { on, assumed: needed && !host.takesFiles, decision: { text, path: [...host.path, 'roles'] } };
  };
}

/** A hub passes on what its spokes carry; any other end what comes from hosts beside it. */
function passesOn(end: TunnelEnd, version: IpVersion): boolean {
  const vlans = end.isHub ? [...end.tunnel.endOf.keys()] : end.carries;
  return vlans.some(
    vlan =>
      (end.isHub || vlan.nics.some(nic => nic.host !== end.host)) &&
      vlan.prefixes.some(({ family }) => family === version),
  );
}
