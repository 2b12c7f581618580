/** How far a flow that propagates deletions may go. */
import type { RcloneFlow, RsyncFlow } from '../../model/topology.ts';
import type { UnitFlow } from './runs.ts';
import { type Word, word } from './unit-file.ts';

/** A source that was emptied by mistake looks like many deletions: rsync and rclone stop there, and fail. */
const MOST = 100;

/** The option is the same for both programs. */
export const maxDelete = ({ spec, path }: RsyncFlow | RcloneFlow): Word =>
  word(
    `--max-delete=${spec.max_delete ?? MOST}`,
    spec.max_delete === undefined ? path : [...path, 'max_delete'],
  );

/** Before such a flow runs by hand or is switched on: on a host that was replaced its source may be all but empty. */
export function emptiedText(flows: readonly UnitFlow[]): string[] {
  const names = flows
    .filter(
      flow => (flow.kind === 'rsync' || flow.kind === 'rclone') && flow.spec.propagate_deletions === true,
    )
    .filter(({ spec }) => spec.disabled !== true)
    .map(({ key }) => `\`${key}\``);
  if (names.length === 0) return [];
  return [
    `If the source was lost and is new, stop here: each run of ${names.join(', ')} deletes copies of what is not in it, up to its \`max_delete\`. Set \`disabled: true\` in the topology there until everything is copied back, and render again.`,
  ];
}
