import type { CodeTable } from '../diagnostics/diagnostic.ts';

/** Codes of findings about the state of `out/`. */
export const emitCodes = {
  'out-blocked': {
    severity: 'error',
    summary: 'Something in out/ is in the way of a rendered file',
    why: 'A symbolic link, or a file where a directory has to be, would send what is written to another place. So nothing at all is written.',
    fix: 'Remove or rename what is in the way, then run `offsite render`.',
  },
  'out-stale': {
    severity: 'error',
    summary: 'A file in out/ is not what the topology renders to',
    why: 'Hosts are configured from out/: what was reviewed in the topology is not what would be applied.',
    fix: 'Run `offsite render` and commit out/ together with the topology. A change belongs into the topology, never into out/.',
  },
  'out-interrupted': {
    severity: 'error',
    summary: 'An earlier `offsite render` did not finish',
    why: 'out/ holds a mix of two renderings: some files are of the topology before, some of the one after.',
    fix: 'Run `offsite render` again: it goes on where the other stopped.',
  },
  'out-foreign': {
    severity: 'warning',
    summary: 'A file in out/ was not rendered by offsite',
    why: 'It is never changed or deleted, but somebody who copies out/ to a host copies it too.',
    fix: 'Move it out of out/.',
  },
  'out-edited': {
    severity: 'warning',
    summary: 'A file that is no longer rendered stays in out/ because it was edited',
    why: 'offsite deletes only files that are still as it wrote them. This one would be applied although the topology says nothing of it.',
    fix: 'Move what is still needed into the topology, then delete the file.',
  },
  'left-on-host': {
    severity: 'warning',
    summary: 'Something is no longer rendered and goes on working on its host',
    why: 'A file or a section that disappears from out/ removes nothing on the host: the old job still runs, the old key still lets in, the old tunnel is still up. Only the run that deletes it from out/ can say so.',
    fix: 'Put the object back with `state: retired` (a renamed one beside its new name, what runs on a host before the host) and render: APPLY.md then has the step. Delete it when that is done. Or take it away on the host by hand.',
  },
} as const satisfies CodeTable;
