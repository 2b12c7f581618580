/** A flow whose lines after `kind` are given, in block style. */
export function flow(
  key: string,
  kind: string,
  lines: readonly string[],
  via: string,
  at: string,
  takes: string,
): string {
  const body = lines.map(line => `    ${line}\n`).join('');
  return `  ${key}:\n    kind: ${kind}\n${body}    via: ${via}\n    schedule: "${at}"\n    takes: ${takes}\n`;
}
