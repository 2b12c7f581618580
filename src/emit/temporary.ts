/** Temporary files are named after the process, in the directory of the file that they will become. */
export const temporaryName = (pid: number): string => `.offsite-${pid}.tmp`;
export const isTemporaryName = (name: string): boolean => /^\.offsite-\d+\.tmp$/.test(name);

/** The directory of a stage, in `out/`. */
export const stageName = (pid: number): string => `.offsite-${pid}.stage`;
export const isStageName = (name: string): boolean => /^\.offsite-\d+\.stage$/.test(name);

/**
 * The journal of a run, in `out/`.
 * @param taken names of other journals there.
 */
export function journalName(pid: number, taken: readonly string[]): string {
  let name = `.offsite-${pid}.journal`;
  for (let n = 2; taken.includes(name); n++) name = `.offsite-${pid}-${n}.journal`;
  return name;
}
export const isJournalName = (name: string): boolean => /^\.offsite-\d+(?:-\d+)?\.journal$/.test(name);
