/** Temporary files are named after the process, in the directory of the file that they will become. */
export const temporaryName = (pid: number): string => `.offsite-${pid}.tmp`;
export const isTemporaryName = (name: string): boolean => /^\.offsite-\d+\.tmp$/.test(name);
