/** By which address, port and transport security a mail relay is reached, with what a declaration leaves out filled in. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Notification } from '../model/topology.ts';
import { parseAddress } from '../net/address.ts';
import { memo } from '../once.ts';
import { addressOn } from './flow-ends.ts';

export type RelayMode = 'insecure' | 'starttls' | 'tls';

export interface MailRelay {
  /** DNS name or IP address, IPv6 without brackets. */
  readonly server: string;
  readonly isAddress: boolean;
  readonly mode: RelayMode;
  readonly port: number;
  readonly serverCauses: readonly TopologyPath[];
  readonly modeCauses: readonly TopologyPath[];
  readonly portCauses: readonly TopologyPath[];
}

/** Ports that each mode has by itself, in Proxmox as anywhere (RFC 5321, RFC 6409, RFC 8314). */
const PORTS: Readonly<Record<RelayMode, number>> = { insecure: 25, starttls: 587, tls: 465 };
const MODES: ReadonlyMap<number | undefined, RelayMode> = new Map([
  [25, 'insecure'],
  [587, 'starttls'],
]);

/** Undefined when neither a server nor a relay with an address is declared. */
export const mailRelayOf = memo((notification: Notification): MailRelay | undefined => {
  const { spec, path } = notification;
  const end = serverOf(notification);
  if (end === undefined) return undefined;
  const mode = spec.mode ?? MODES.get(spec.port) ?? 'tls';
  const modeAt = spec.mode === undefined ? spec.port && 'port' : 'mode';
  const modeCauses = [modeAt ? [...path, modeAt] : path];
  return {
    server: end.address,
    isAddress: parseAddress(end.address) !== undefined,
    mode,
    port: spec.port ?? PORTS[mode],
    serverCauses: end.causes,
    modeCauses,
    portCauses: spec.port === undefined ? modeCauses : [[...path, 'port']],
  };
});

function serverOf({ spec, path, relay, via }: Notification) {
  if (spec.server !== undefined) return { address: spec.server, causes: [[...path, 'server']] };
  if (relay === undefined) return undefined;
  const at = [...path, 'relay'];
  const end = via === undefined ? undefined : addressOn(relay, via);
  if (end !== undefined) return { address: end.address, causes: [at, ...end.causes] };
  if (relay.spec.fqdn !== undefined)
    return { address: relay.spec.fqdn, causes: [at, [...relay.path, 'fqdn']] };
  const first = [...relay.nics.values()].flatMap(nic => nic.addresses)[0];
  return first === undefined ? undefined : { address: first.address, causes: [at, first.path] };
}
