/**
 * Drop-in for `wg-quick@IF.service`. Its own reload feeds `wg syncconf` the file without a private key, which WireGuard
 * takes as "no private key": the tunnel dies with exit status 0 (measured). This one hands the key over as well.
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Topology } from '../../model/topology.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
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
      const view =
        tunnel.spec.preshared_key === undefined
          ? SYNC_ONLY
          : { commands: [syncCommand, ...end.peers.map(peer => presharedCommand(peer.publicKey ?? ''))] };
      artifacts.push(
        new ColumnFile({
          kind: 'wireguard-reload',
          target: end.host.key,
          folder: 'root',
          path: `/etc/systemd/system/wg-quick@${end.interface}.service.d/offsite.conf`,
          ownership: 'whole',
          mode: '0644',
          owner: 'root',
          group: 'root',
          secrets: [],
          view,
          columns: columnsOf(view, [end.path]),
          phase: 'network',
        }),
      );
    }
  }
  return { ...emptyLowered, artifacts };
}

function columnsOf({ commands }: DropInView, causes: readonly TopologyPath[]): FactColumns {
  const columns = new ColumnList(1 + commands.length);
  columns.add('Service', 'ExecReload', 0, '', causes);
  for (const [index, command] of commands.entries())
    columns.add('Service', 'ExecReload', index + 1, command, causes);
  return columns;
}

const presharedCommand = (publicKey: string): string =>
  `/usr/bin/wg set %i peer ${publicKey} preshared-key ${KEY_DIRECTORY}/%i.psk`;

/** A second `[Interface]` block is legal; systemd turns `%%` into `%` and `$$` into `$`. */
const syncCommand =
  `/bin/bash -c 'exec wg syncconf %i <(wg-quick strip %i; printf "[Interface]\\nPrivateKey = %%s\\n" ` +
  `"$$(cat ${KEY_DIRECTORY}/%i.key)")'`;

/** What nearly all have. */
const SYNC_ONLY: DropInView = { commands: [syncCommand] };
