/** How far a flow that propagates deletions may go. */
import type { RcloneFlow, RsyncFlow } from '../../model/topology.ts';
import { type Word, word } from './unit-file.ts';

/** A source that was emptied by mistake looks like many deletions: rsync and rclone stop there, and fail. */
const MOST = 100;

/** The option is the same for both programs. */
export const maxDelete = ({ spec, path }: RsyncFlow | RcloneFlow): Word =>
  word(
    `--max-delete=${spec.max_delete ?? MOST}`,
    spec.max_delete === undefined ? path : [...path, 'max_delete'],
  );
