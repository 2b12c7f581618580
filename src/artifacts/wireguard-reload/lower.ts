/**
 * Drop-in for `wg-quick@IF.service`. Its own reload feeds `wg syncconf` the file without a private key, which WireGuard
 * takes as "no private key": the tunnel dies with exit status 0 (measured). This one hands the key over as well.
 */
import type { Topology } from '../../model/topology.ts';
import { factList } from '../facts.ts';
import { emptyLowered, type Lowered } from '../lowering.ts';
import { KEY_DIRECTORY } from '../wireguard/view.ts';

export interface DropInView {
  readonly commands: readonly string[];
}

export function lowerWireguardReload(topology: Topology): Lowered {
  const artifacts: Lowered['artifacts'][number][] = [];
  for (const tunnel of topology.tunnels.values()) {
    if (tunnel.state !== 'active') continue;
    for (const end of tunnel.ends) {
      const complete = end.peers.every(peer => peer.publicKey !== undefined);
      if (!end.host.takesFiles || end.host.state !== 'active' || !complete) continue;
      const list = factList();
      const commands = [
        syncCommand,
        ...(tunnel.spec.preshared_key === undefined
          ? []
          : end.peers.map(
              peer => `/usr/bin/wg set %i peer ${peer.publicKey ?? ''} preshared-key ${KEY_DIRECTORY}/%i.psk`,
            )),
      ];
      list.next('Service/ExecReload', '', [end.path]);
      for (const command of commands) list.next('Service/ExecReload', command, [end.path]);
      artifacts.push({
        kind: 'wireguard-reload',
        target: end.host.key,
        folder: 'root',
        path: `/etc/systemd/system/wg-quick@${end.interface}.service.d/offsite.conf`,
        ownership: 'whole',
        mode: '0644',
        owner: 'root',
        group: 'root',
        secrets: [],
        view: { commands } satisfies DropInView,
        facts: list.facts,
        phase: 'network',
      });
    }
  }
  return { ...emptyLowered, artifacts };
}

/** A second `[Interface]` block is legal; systemd turns `%%` into `%` and `$$` into `$`. */
const syncCommand =
  `/bin/bash -c 'exec wg syncconf %i <(wg-quick strip %i; printf "[Interface]\\nPrivateKey = %%s\\n" ` +
  `"$$(cat ${KEY_DIRECTORY}/%i.key)")'`;
