import { atKey } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const unmountWithoutRunOnMount: Rule = {
  id: 'unmount-without-run-on-mount',
  severity: 'error',
  summary: 'A sync is to unmount a device, and does not run when the device is mounted.',
  why: 'PBS takes `unmount-on-done` together with `run-on-mount` only, and both mean a removable datastore.',
  fix: 'Add `run_on_mount: true`, or leave `unmount_on_done` out.',
  example: { bad: 'unmount_on_done: true', good: 'run_on_mount: true\nunmount_on_done: true' },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'sync') continue;
      const { path, key, spec, from, to } = flow;
      const given = (['run_on_mount', 'unmount_on_done'] as const).find(name => spec[name] === true);
      if (given === undefined) continue;
      if (spec.unmount_on_done === true && spec.run_on_mount !== true) {
        const message = `\`${key}\` has \`unmount_on_done\` without \`run_on_mount\``;
        yield { message, place: atKey([...path, 'unmount_on_done']), help: 'add `run_on_mount: true`' };
      }
      const local = flow.direction === 'push' ? [from] : flow.direction === 'pull' ? [to] : [from, to];
      if (local.some(({ datastore }) => datastore.backing.kind === 'removable')) continue;
      yield {
        message: `\`${given}\` of \`${key}\`: no datastore of the sync on \`${flow.runsOn.key}\` is removable`,
        place: atKey([...path, given]),
        related: local.map(({ datastore }) => ({ message: 'the datastore', place: atKey(datastore.path) })),
        help: 'leave it out, or declare the datastore as `removable`',
      };
    }
  },
};
