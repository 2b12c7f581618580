/** Temporary files are named after the process, in the directory of the file that they will become. */
export const temporaryName = (pid: number): string => `.offsite-${pid}.tmp`;
export const isTemporaryName = (name: string): boolean => /^\.offsite-\d+\.tmp$/.test(name);

/** The directory of a stage, in `out/`. */
export const stageName = (pid: number): string => `.offsite-${pid}.stage`;
export const isStageName = (name: string): boolean => /^\.offsite-\d+\.stage$/.test(name);
