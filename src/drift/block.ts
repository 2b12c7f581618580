/** Our marked block in a file of which the host owns the rest. */

const BEGIN = /^# BEGIN offsite(?: |$)/;
const END = /^# END offsite(?: |$)/;

/** Whether a line (from 1) stands in the block, markers included. Without an end the block runs to the last line. */
export function blockOf(lines: readonly string[]): (line: number) => boolean {
  const begin = lines.findIndex(line => BEGIN.test(line));
  const end = lines.findIndex((line, index) => index > begin && END.test(line));
  return line => begin >= 0 && line > begin && (end < 0 || line <= end + 1);
}

/** Whether a line is one of the markers. */
export const isMarker = (line: string): boolean => BEGIN.test(line) || END.test(line);
