/**
 * Whether somebody is told when a unit of ours fails. Its alert is mail to root, which `proxmox-mail-forward` puts into
 * the notification system of PBS and PVE as `system-mail` with severity `unknown` (proxmox-mail-forward `src/main.rs`).
 */
import type { Notified } from '../../analyses/notified.ts';
import { atKey, atValue, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Host, Notification, Topology } from '../../model/topology.ts';
import { runsOf } from '../unit-trigger/runs.ts';

export function untoldFailures(topology: Topology, notified: Notified): Diagnostic[] {
  return [...runsOf(topology).units.keys()].flatMap(host => {
    const own = notificationsOf(host, notified).filter(({ state }) => state === 'active');
    const [first] = own;
    // Without any, the built-in matcher takes everything.
    if (first === undefined || own.some(takesAlerts)) return [];
    const at = first.spec.severities === undefined ? 'types' : 'severities';
    return [
      {
        code: 'unit-failures-not-told',
        severity: 'warning' as const,
        message: `no notification of \`${host.key}\` takes messages about its failed units: type system-mail, severity unknown`,
        place: atValue([...first.path, at]),
        related: [{ message: 'the host, which runs units of offsite', place: atKey(host.path) }],
        help: 'add `unknown` to `severities`, and `system-mail` to `types` where it is given',
      },
    ];
  });
}

function notificationsOf(host: Host, { pbs, pve }: Notified): Notification[] {
  const shared = host.cluster === undefined ? [] : (pve.get(host.cluster) ?? []);
  return [
    ...(pbs.get(host) ?? []),
    ...shared.filter(({ nodes }) => nodes?.includes(host) ?? true).map(({ notification }) => notification),
  ];
}

const takesAlerts = ({ spec }: Notification): boolean =>
  (spec.severities?.includes('unknown') ?? true) && (spec.types?.includes('system-mail') ?? true);
