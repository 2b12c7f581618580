/** The timer of a flow, and the service of a sync job that is part of a chain. */
import { parseCalendarEvent } from '../../calendar/parse.ts';
import { toSystemd } from '../../calendar/systemd.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import type { SyncFlow } from '../../model/topology.ts';
import type { Runs, UnitFlow } from './runs.ts';
import { serviceSections } from './service.ts';
import { setting, type UnitSections, word } from './unit-file.ts';

export type Timer =
  | { readonly sections: UnitSections }
  | { readonly diagnostics: readonly Diagnostic[] }
  | undefined;

/** Undefined without a schedule. One that does not parse is reported elsewhere. */
export function timerOf(flow: UnitFlow): Timer {
  const { spec, path, key } = flow;
  const parsed = spec.schedule === undefined ? undefined : parseCalendarEvent(spec.schedule);
  if (!parsed?.ok) return undefined;
  const event = toSystemd(parsed.event);
  const at = [...path, 'schedule'];
  if (!event.ok) {
    return {
      diagnostics: [
        {
          code: 'schedule-not-for-systemd',
          severity: 'error',
          message: `flow \`${key}\` is started by systemd, which cannot say its schedule: ${event.reason}`,
          place: atValue(at),
          help: 'write the hours or minutes out, or use steps that divide their field',
        },
      ],
    };
  }
  return {
    sections: {
      Unit: [setting('Description', `Starts flow ${key}`, path)],
      Timer: [
        setting('OnCalendar', event.text, at),
        setting('Persistent', 'true', at),
        setting('AccuracySec', '1s', at),
      ],
      Install: [setting('WantedBy', 'timers.target', path)],
    },
  };
}

/** Runs a sync job to its end. It needs the daemons of PBS, nothing else: no sandbox. */
export function syncService(flow: SyncFlow, runs: Runs): UnitSections {
  return serviceSections({
    flow,
    runs,
    what: `Flow ${flow.key}: sync job ${flow.id}`,
    credentials: [],
    environment: [],
    checks: [],
    command: [
      ...['/usr/sbin/proxmox-backup-manager', 'sync-job', 'run'].map(text => word(text)),
      word(flow.id, flow.spec.id === undefined ? flow.path : [...flow.path, 'id']),
    ],
    capabilities: '',
    writes: [],
    open: true,
  });
}
