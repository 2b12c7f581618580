/** For whoever runs a host or a provider that is not rendered: what a retired object has left there. */
import type { ExternalNote } from './lowering.ts';

/** @param what for people: "NFS export /volume1/raw". */
export const goneNote = (
  name: string,
  what: string,
  text: readonly string[],
  causes: ExternalNote['causes'],
): ExternalNote => ({
  name,
  title: `To remove: ${what}`,
  text: ['It is retired: take it away when the steps of every APPLY.md are done.', ...text],
  blocks: [],
  causes,
  isGone: true,
});
